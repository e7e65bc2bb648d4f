package dev.sluice.config;

/** What has to be known of the modules while a configuration is read. */
public interface ReadTimeModules {
    /** Whether a module is loaded, by id ({@code ssl_module}) or source file ({@code mod_ssl.c}); case matters. */
    boolean isLoaded(String idOrFile);

    /** Whether {@code LoadModule} can load the module of that id. */
    boolean isAvailable(String id);

    /** Loads the module of an id that is available and not loaded. */
    void load(String id);

    /** Whether a loaded module has the directive, in any case of letters; a section is asked for as {@code <Location}. */
    boolean knowsDirective(String name);

    /** The directive as the loaded module that has it spells it, else as it is. */
    String spelled(String name);
}
