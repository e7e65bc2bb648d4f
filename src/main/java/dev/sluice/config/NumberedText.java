package dev.sluice.config;

import dev.sluice.syntax.PlacedText;

/**
 * A logical line and the number that httpd gives it.
 *
 * @param length in bytes before it is trimmed, with its line end, without what joins its physical lines
 */
record NumberedText(PlacedText text, int number, int length) {
    NumberedText(PlacedText text, int number) {
        this(text, number, text.text().length());
    }
}
