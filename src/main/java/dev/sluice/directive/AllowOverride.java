package dev.sluice.directive;

/** The classes of directives that AllowOverride admits into {@code .htaccess} files. */
public enum AllowOverride {
    LIMIT("Limit"),
    OPTIONS("Options"),
    FILE_INFO("FileInfo"),
    AUTH_CONFIG("AuthConfig"),
    INDEXES("Indexes");

    private final String word;

    AllowOverride(String word) {
        this.word = word;
    }

    /** As AllowOverride takes it. */
    public String word() {
        return word;
    }
}
