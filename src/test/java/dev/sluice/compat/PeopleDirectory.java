package dev.sluice.compat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldif.LDIFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** A directory of a few people and groups, below {@code dc=example}. Nobody reads it without a name and a password. */
final class PeopleDirectory implements AutoCloseable {
    private static final String ENTRIES =
            """
            dn: dc=example
            objectClass: domain
            dc: example

            dn: cn=reader,dc=example
            objectClass: person
            cn: reader
            sn: reader
            userPassword: reads

            dn: ou=people,dc=example
            objectClass: organizationalUnit
            ou: people

            dn: uid=joe,ou=people,dc=example
            objectClass: inetOrgPerson
            uid: joe
            cn: Joe Doe
            sn: Doe
            mail: joe@example
            mail: joe.doe@example
            employeeType: active
            l: New York
            userPassword: secret

            dn: uid=anna,ou=people,dc=example
            objectClass: inetOrgPerson
            uid: anna
            cn: Anna (A*) Müller
            sn: Müller
            employeeType: retired
            userPassword: geheimniß

            dn: uid=twin,ou=people,dc=example
            objectClass: inetOrgPerson
            uid: twin
            cn: One
            sn: Twin
            userPassword: secret

            dn: ou=more,ou=people,dc=example
            objectClass: organizationalUnit
            ou: more

            dn: uid=twin,ou=more,ou=people,dc=example
            objectClass: inetOrgPerson
            uid: twin
            cn: Other
            sn: Twin
            userPassword: secret

            dn: uid=deep,ou=more,ou=people,dc=example
            objectClass: inetOrgPerson
            uid: deep
            cn: Deep
            sn: Deep
            userPassword: secret

            dn: ou=groups,dc=example
            objectClass: organizationalUnit
            ou: groups

            dn: cn=staff,ou=groups,dc=example
            objectClass: groupOfNames
            cn: staff
            member: uid=joe,ou=people,dc=example
            member: cn=guests,ou=groups,dc=example

            dn: cn=guests,ou=groups,dc=example
            objectClass: groupOfUniqueNames
            cn: guests
            uniqueMember: uid=anna,ou=people,dc=example
            uniqueMember: cn=loop,ou=groups,dc=example

            dn: cn=loop,ou=groups,dc=example
            objectClass: groupOfNames
            cn: loop
            member: cn=guests,ou=groups,dc=example
            member: cn=staff,ou=groups,dc=example
            member: uid=deep,ou=more,ou=people,dc=example

            dn: cn=posix,ou=groups,dc=example
            objectClass: posixGroup
            cn: posix
            gidNumber: 100
            memberUid: anna
            """;

    private final InMemoryDirectoryServer server;

    private PeopleDirectory(InMemoryDirectoryServer server) {
        this.server = server;
    }

    static PeopleDirectory open(SSLContext tls, boolean ldaps) throws IOException {
        try {
            InMemoryDirectoryServerConfig terms = new InMemoryDirectoryServerConfig("dc=example");
            terms.setSchema(null);
            int port = Ports.free();
            terms.setListenerConfigs(
                    ldaps
                            ? InMemoryListenerConfig.createLDAPSConfig("ldaps", port, tls.getServerSocketFactory())
                            : InMemoryListenerConfig.createLDAPConfig("ldap", null, port, tls.getSocketFactory()));
            terms.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(terms);
            byte[] entries = ENTRIES.getBytes(StandardCharsets.UTF_8);
            server.importFromLDIF(true, new LDIFReader(new ByteArrayInputStream(entries)));
            server.startListening();
            return new PeopleDirectory(server);
        } catch (LDAPException e) {
            throw new IOException(e);
        }
    }

    int port() {
        return server.getListenPort();
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
