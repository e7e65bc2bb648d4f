package dev.sluice.modules.ssl;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** The names that a certificate is for, as modssl_X509_match_name sees them: alternative ones and the common name. */
final class CertificateNames {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private CertificateNames() {}

    static boolean match(X509Certificate certificate, String host) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
                int kind = (Integer) name.get(0);
                if ((kind == DNS || kind == ADDRESS) && matches(String.valueOf(name.get(1)), host)) {
                    return true;
                }
            }
        } catch (CertificateParsingException e) {
            return false;
        }
        return matchCommon(certificate, host);
    }

    /** Every name that it is for, the alternative ones first. */
    static List<String> all(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
                int kind = (Integer) name.get(0);
                if (kind == DNS || kind == ADDRESS) {
                    names.add(String.valueOf(name.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            names.clear();
        }
        String common = common(certificate);
        if (common != null && !names.contains(common)) {
            names.add(common);
        }
        return names;
    }

    static boolean matchCommon(X509Certificate certificate, String host) {
        String common = common(certificate);
        return common != null && matches(common, host);
    }

    static @Nullable String common(X509Certificate certificate) {
        return part(certificate.getSubjectX500Principal().getName(), "CN");
    }

    /** The value of one part of a name in RFC 2253's form; null where it has none. */
    static @Nullable String part(String name, String type) {
        try {
            for (Rdn part : new LdapName(name).getRdns()) {
                if (part.getType().equalsIgnoreCase(type)) {
                    return String.valueOf(part.getValue());
                }
            }
        } catch (InvalidNameException e) {
            return null;
        }
        return null;
    }

    /** A leading {@code *.} stands for one label. */
    private static boolean matches(String name, String host) {
        String pattern = name.toLowerCase(Locale.ROOT);
        String wanted = host.toLowerCase(Locale.ROOT);
        if (!pattern.startsWith("*.")) {
            return pattern.equals(wanted);
        }
        int dot = wanted.indexOf('.');
        return dot > 0 && wanted.substring(dot).equals(pattern.substring(1));
    }
}
