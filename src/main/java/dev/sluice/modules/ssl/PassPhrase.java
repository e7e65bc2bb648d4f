package dev.sluice.modules.ssl;

import org.jspecify.annotations.Nullable;

/** Where the pass phrase of an encrypted key comes from: SSLPassPhraseDialog. */
@FunctionalInterface
interface PassPhrase {
    /** Null where there is none to be had. May wait for a program. */
    char @Nullable [] ask() throws PemFault;
}
