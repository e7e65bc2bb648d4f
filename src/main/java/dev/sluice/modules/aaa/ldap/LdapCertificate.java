package dev.sluice.modules.aaa.ldap;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A file of LDAPTrustedGlobalCert or LDAPTrustedClientCert.
 *
 * @param type in upper case, {@code CA_BASE64}
 */
record LdapCertificate(String type, Path file) {
    private static final Set<String> TYPES = Set.of(
            "CA_DER",
            "CA_BASE64",
            "CA_CERT7_DB",
            "CA_SECMOD",
            "CERT_DER",
            "CERT_BASE64",
            "CERT_KEY3_DB",
            "CERT_NICKNAME",
            "CERT_PFX",
            "KEY_DER",
            "KEY_BASE64",
            "KEY_PFX");

    private static final Set<String> GLOBAL_ALONE = Set.of("CA_CERT7_DB", "CA_SECMOD", "CERT_PFX", "CERT_KEY3_DB");

    static void global(Line line, Scope scope) throws BadArgument {
        String type = type(line);
        if (!TYPES.contains(type)) {
            throw new BadArgument("The certificate type " + word(line)
                    + " is not recognised. It should be one of CA_DER, CA_BASE64, CA_CERT7_DB, CA_SECMOD, CERT_DER,"
                    + " CERT_BASE64, CERT_KEY3_DB, CERT_NICKNAME, KEY_DER, KEY_BASE64");
        }
        Path file = existing(
                line,
                scope,
                "AH01304: LDAP: Could not open SSL trusted certificate authority file - ",
                "Invalid global certificate file path");
        scope.give(LdapModule.GLOBAL_CERTIFICATES, List.of(new LdapCertificate(type, file)), line.span());
    }

    static void client(Line line, Scope scope) throws BadArgument {
        String type = type(line);
        if (!TYPES.contains(type)) {
            throw new BadArgument("The certificate type \"" + word(line)
                    + "\" is not recognised. It should be one of CA_DER, CA_BASE64, CERT_DER, CERT_BASE64,"
                    + " CERT_NICKNAME, CERT_PFX, KEY_DER, KEY_BASE64, KEY_PFX");
        }
        if (GLOBAL_ALONE.contains(type)) {
            throw new BadArgument("The certificate type \"" + word(line)
                    + "\" is only valid within a LDAPTrustedGlobalCert directive. Only CA_DER, CA_BASE64, CERT_DER,"
                    + " CERT_BASE64, CERT_NICKNAME, KEY_DER, and KEY_BASE64 may be used.");
        }
        Path file = existing(
                line,
                scope,
                "AH01306: LDAP: Could not open SSL client certificate file - ",
                "Invalid client certificate file path");
        scope.give(LdapModule.CLIENT_CERTIFICATES, List.of(new LdapCertificate(type, file)), line.span());
    }

    private static Path existing(Line line, Scope scope, String logged, String complaint) throws BadArgument {
        Path file = scope.resolve(SourceFile.utf8(line.words().get(1).text()));
        if (!type(line).equals("CERT_NICKNAME") && !Files.exists(file)) {
            scope.find(Findings.HTTPD_WARNING, line.span(), "(2)No such file or directory: " + logged + file);
            throw BadArgument.ofMachine(complaint);
        }
        return file;
    }

    private static String type(Line line) {
        return word(line).toUpperCase(Locale.ROOT);
    }

    private static String word(Line line) {
        return line.words().get(0).text();
    }
}
