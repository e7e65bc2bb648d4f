package dev.sluice.modules.filters.ssi;

import dev.sluice.modules.core.StrfTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Moments as {@code timefmt} has them (ap_ht_time). */
final class Times {
    private Times() {}

    static String text(String format, Instant moment, ZoneId zone) {
        // httpd calls UTC by its older name.
        String named = zone.equals(ZoneOffset.UTC) ? format.replace("%Z", "GMT").replace("%z", "+0000") : format;
        return new StrfTime(named).format(moment.atZone(zone));
    }
}
