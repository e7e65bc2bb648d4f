package dev.sluice.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    private final Table table = new Table(List.of("site", "lines"));

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        table.row("shop.example", "3");
        table.row("wiki", "12");

        assertEquals(List.of("SITE          LINES", "shop.example  3", "wiki          12"), table.lines(0));
    }

    @Test
    void whatIsWiderThanTheTerminalGoesOnInFurtherLinesBehindSlashesAndBlanks() {
        table.row("a", "/etc/apache2/sites-enabled/shop.conf:12");

        assertEquals(
                List.of("SITE  LINES", "a     /etc/apache2/", "      sites-enabled/", "      shop.conf:12"),
                table.lines(25));
    }

    @Test
    void aCharacterThatTakesTwoColumnsCountsAsTwo() {
        table.row("日本", "1");
        table.row("site", "2");

        assertEquals(List.of("SITE  LINES", "日本  1", "site  2"), table.lines(0));
    }

    @Test
    void numbersAreNumbersInJson() {
        table.row("a", "3");

        assertEquals("[{site=a, lines=3}]", table.objects().toString());
        assertEquals(Long.valueOf(3), table.objects().get(0).get("lines"));
    }
}
