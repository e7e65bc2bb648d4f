package dev.sluice.modules.aaa.authn;

/** What a provider says of a user. */
public enum AuthnResult {
    GRANTED,
    /** The user is known, and what was sent does not prove it. */
    DENIED,
    /** The next provider may know better. */
    USER_NOT_FOUND,
    /** Could not be found out; the provider has said why in the error log. */
    GENERAL_ERROR
}
