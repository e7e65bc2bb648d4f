package dev.sluice.request;

/** Where filters stand: one of a lower number sees the body of a response earlier ({@code AP_FTYPE_...}, util_filter.h). */
public final class FilterType {
    /** Makes or changes content: includes, substitutions. */
    public static final int RESOURCE = 10;

    /** Changes the content as a whole, as compression does. */
    public static final int CONTENT_SET = 20;

    public static final int PROTOCOL = 30;
    public static final int TRANSCODE = 40;
    public static final int CONNECTION = 50;
    public static final int NETWORK = 60;

    private FilterType() {}
}
