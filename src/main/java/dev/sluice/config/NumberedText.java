package dev.sluice.config;

import dev.sluice.syntax.PlacedText;

/** A logical line and the number that httpd gives it. */
record NumberedText(PlacedText text, int number) {}
