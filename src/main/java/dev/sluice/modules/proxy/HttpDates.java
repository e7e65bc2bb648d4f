package dev.sluice.modules.proxy;

import io.undertow.util.DateUtils;
import java.util.Date;

/** Dates in the one form HTTP writes (RFC 9110, 5.6.7). */
final class HttpDates {
    private HttpDates() {}

    /** {@code value} in that form where it is a date in another; itself otherwise (ap_proxy_date_canon). */
    static String canonical(String value) {
        if (isCanonical(value)) {
            return value;
        }
        Date date = DateUtils.parseDate(value);
        return date == null ? value : DateUtils.toDateString(date);
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}, by its punctuation. */
    private static boolean isCanonical(String value) {
        return value.length() == 29
                && value.charAt(3) == ','
                && value.charAt(7) == ' '
                && value.charAt(19) == ':'
                && value.charAt(22) == ':'
                && value.endsWith(" GMT");
    }
}
