package dev.sluice.wire.http1;

/**
 * How much of a response head is read, and what happens to lines that are no header field.
 *
 * @param fieldSize longest line of a head in bytes, its line end included ({@code responsefieldsize}, default 8192)
 * @param headSize longest head in bytes, a limit httpd does not have (default 512 KiB)
 * @param badHeader {@code ProxyBadHeader}
 * @param interimResponses interim responses accepted before the final one (httpd: 10)
 */
public record ResponseLimits(int fieldSize, int headSize, BadHeader badHeader, int interimResponses) {
    public static final ResponseLimits DEFAULT = new ResponseLimits(8192, 512 * 1024, BadHeader.IS_ERROR, 10);
}
