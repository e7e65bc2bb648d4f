package dev.sluice.modules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpSubnetTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    10.1.2.3,   ,             10.1.2.3,     true
                    10.1.2.3,   ,             10.1.2.4,     false
                    10.1,       ,             10.1.200.4,   true
                    10.1.,      ,             10.2.0.1,     false
                    10,         ,             10.255.0.1,   true
                    10.1.2.3,   8,            10.200.0.1,   true
                    10.1.2.3,   31,           10.1.2.2,     true
                    10.1.2.3,   31,           10.1.2.4,     false
                    10.1.2.0,   255.0.255.0,  10.77.2.9,    true
                    10.1.2.0,   255.0.255.0,  10.77.3.9,    false
                    ::1,        ,             ::1,          true
                    ::1,        ,             127.0.0.1,    false
                    2001:db8::, 32,           2001:db8::5,  true
                    2001:db8::, 33,           2001:db8:8000::, false
                    """)
    void addressesLieInSubnets(String address, String mask, String client, boolean expected)
            throws IpSubnet.Invalid, UnknownHostException {
        IpSubnet subnet = IpSubnet.parse(address, mask);

        assertNotNull(subnet);
        assertEquals(expected, subnet.contains(InetAddress.getByName(client)));
    }

    @ParameterizedTest
    @CsvSource(textBlock = "foo\nexample.com\n'1.2.3.4,5'\n''")
    void whatLooksLikeNoAddressIsNone(String text) throws IpSubnet.Invalid {
        assertNull(IpSubnet.parse(text, null));
    }
}
