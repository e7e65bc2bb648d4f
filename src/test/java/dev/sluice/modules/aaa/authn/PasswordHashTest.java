package dev.sluice.modules.aaa.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hashes are of {@code pass word}, made by htpasswd 2.4.71. */
class PasswordHashTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2y$05$NW.2A4pvpLs4CZfSk/Jt5.4fpqt1IZO6x.EZqUznCxG.61.U..6ve",
                "$apr1$sM/PsdlK$tj09tkbuygUW7ynNj0UWe.",
                "{SHA}2oguq15ANCGsJCWKX31fllwpyEk=",
                "lKalcezuUJ9LI",
                "$5$40oXF2vn0NCzkHKG$NauIoZa7atNkooyZLAIF5Wthzh7oG81G8i9zlglgVF.",
                "$6$AmTY.j9BF7Ho3rN2$Vi8gT6MWDOT1AeB5jvm8glb2IfVd9zmunbsihJwFFpsuFQ/CLUIPvWDhcieqLsWrwbxVR54cEueBZQRY9oWmz.",
                "$1$abcdefgh$yTpYrEJJOuAsO2Aee15/D1"
            })
    void aPasswordMatchesItsHashAlone(String hash) {
        assertFalse(PasswordHash.matches("pass worx", hash.equals("lKalcezuUJ9LI") ? hash + "x" : hash));
        assertFalse(PasswordHash.matches("", hash));
        assertTrue(PasswordHash.matches("pass word", hash));
        assertTrue(PasswordHash.matches("pass word", hash), "again");
        assertFalse(PasswordHash.matches("Pass word", hash), "after it was right");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pass word", "", "x", "$2y$05$short", "$2y$99$aaaa", "$apr1$", "$6$", "{SHA}", "$y$j9T$a$b"})
    void whatIsNoHashMatchesNothing(String hash) {
        assertFalse(PasswordHash.matches("pass word", hash));
    }

    @ParameterizedTest
    @CsvSource({"$y$j9T$salt$hash, true", "$2y$05$x, false", "_J9..rasm, true", "lKalcezuUJ9LI, false"})
    void hashesThatAreNotReadAreKnown(String hash, boolean expected) {
        assertEquals(expected, PasswordHash.isUnsupported(hash));
    }

    @Test
    void aPairIsForgottenWhenOthersWereAskedForSince() {
        VerifiedPasswords pairs = new VerifiedPasswords(2);
        pairs.add("a", "1");
        pairs.add("b", "2");
        assertTrue(pairs.contains("a", "1"));
        pairs.add("c", "3");

        assertTrue(pairs.contains("a", "1"));
        assertFalse(pairs.contains("b", "2"));
        assertFalse(pairs.contains("a", "3"));
    }
}
