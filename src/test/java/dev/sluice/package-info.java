/** What is tested of the house as a whole, and what all tests may use. */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
