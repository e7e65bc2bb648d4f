package dev.sluice.modules.core;

import io.undertow.util.HeaderValues;
import org.jspecify.annotations.Nullable;

/** No header leaves that a client could read otherwise (check_headers, http_filters.c). */
public final class FieldText {
    private FieldText() {}

    /** httpd's line for a field that nobody may send; null where it is well. */
    public static @Nullable String complaint(HeaderValues field) {
        String name = field.getHeaderName().toString();
        if (!isToken(name)) {
            return "AH02429: Response header name '" + name + "' contains invalid characters, aborting request";
        }
        for (String value : field) {
            if (!isText(value)) {
                return "AH02430: Response header '" + name + "' value of '" + value
                        + "' contains invalid characters, aborting request";
            }
        }
        return null;
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 127 || "()<>@,;:\\\"/[]?={}".indexOf(c) >= 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 127) {
                return false;
            }
        }
        return true;
    }
}
