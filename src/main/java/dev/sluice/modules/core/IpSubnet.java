package dev.sluice.modules.core;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A range of addresses, as apr_ipsubnet_create reads it: an address, its first parts, or an address and a mask. */
public final class IpSubnet {
    /** Why a text is no subnet, in APR's words. */
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        private Invalid(String message) {
            super(message, null, false, false);
        }
    }

    private final byte[] network;
    private final byte[] mask;

    private IpSubnet(byte[] address, byte[] mask) {
        this.mask = mask;
        this.network = address.clone();
        for (int i = 0; i < network.length; i++) {
            network[i] &= mask[i];
        }
    }

    /**
     * Null where {@code address} does not look like one at all.
     *
     * @param bits a netmask or its number of bits; null for none
     */
    public static @Nullable IpSubnet parse(String address, @Nullable String bits) throws Invalid {
        if (!looksLikeIp(address)) {
            return null;
        }
        byte[] v6 = address.indexOf(':') >= 0 ? v6(address) : null;
        byte[] full = v6 == null ? v4(address) : v6;
        if (full != null) {
            return new IpSubnet(full, bits == null ? ones(full.length, full.length * 8) : mask(bits, full.length));
        }
        if (bits != null) {
            throw new Invalid("The specified IP address is invalid.");
        }
        return parts(address);
    }

    public boolean contains(InetAddress client) {
        byte[] address = client.getAddress();
        if (address.length != network.length) {
            return false;
        }
        for (int i = 0; i < network.length; i++) {
            if ((address[i] & mask[i]) != network[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean looksLikeIp(String text) {
        if (text.indexOf(':') >= 0) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static byte @Nullable [] v6(String text) throws Invalid {
        if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0 || text.indexOf('/') >= 0) {
            throw new Invalid("The specified IP address is invalid.");
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            if (address instanceof Inet4Address) {
                throw new Invalid("The specified IP address is invalid.");
            }
            return address.getAddress();
        } catch (UnknownHostException e) {
            throw new Invalid("The specified IP address is invalid.");
        }
    }

    /** Four numbers without leading zeros; null for anything else. */
    private static byte @Nullable [] v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            boolean isOctet = !part.isEmpty() && part.length() <= 3 && (part.length() == 1 || part.charAt(0) != '0');
            if (!isOctet || !part.chars().allMatch(c -> c >= '0' && c <= '9') || Integer.parseInt(part) > 255) {
                return null;
            }
            address[i] = (byte) Integer.parseInt(part);
        }
        return address;
    }

    /** The older form: {@code 10.1} and {@code 10.1.} for 10.1.0.0/16. */
    private static IpSubnet parts(String text) throws Invalid {
        String[] parts = (text.endsWith(".") ? text.substring(0, text.length() - 1) : text).split("\\.", -1);
        if (parts.length > 4) {
            throw new Invalid("The specified IP address is invalid.");
        }
        byte[] address = new byte[4];
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (part.isEmpty() || part.length() > 9 || Integer.parseInt(part) > 255) {
                throw new Invalid("The specified IP address is invalid.");
            }
            address[i] = (byte) Integer.parseInt(part);
        }
        return new IpSubnet(address, ones(4, parts.length * 8));
    }

    private static byte[] mask(String text, int length) throws Invalid {
        if (!text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int bits = Integer.parseInt(text);
            if (bits > 0 && bits <= length * 8) {
                return ones(length, bits);
            }
        }
        byte[] netmask = length == 4 ? v4(text) : null;
        if (netmask == null) {
            throw new Invalid("The specified network mask is invalid.");
        }
        return netmask;
    }

    private static byte[] ones(int length, int bits) {
        byte[] mask = new byte[length];
        for (int i = 0; i < bits; i++) {
            mask[i / 8] |= (byte) (0x80 >> (i % 8));
        }
        return mask;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpSubnet that && Arrays.equals(network, that.network) && Arrays.equals(mask, that.mask);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(network);
    }
}
