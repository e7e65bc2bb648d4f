package dev.sluice.modules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.modules.LiveServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** httpd's words about the lines of sections and files: each was seen with {@code apache2 -t} 2.4.71. */
class CoreLinesTest {
    private final Path root;

    CoreLinesTest(@TempDir Path root) {
        this.root = root;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    FileETag foo                          | Unknown keyword 'foo' for FileETag directive
                    FileETag +All                         | FileETag keyword 'All' cannot be used with '+' or '-'
                    FileETag +INode Size                  | ''
                    FileETag                              | ''
                    AcceptPathInfo foo                    | AcceptPathInfo must be set to on, off or default
                    EnableSendfile foo                    | parameter must be 'on' or 'off'
                    EnableMMAP foo                        | parameter must be 'on' or 'off'
                    Options Foo                           | Illegal option Foo
                    Options +Indexes FollowSymLinks       | Either all Options must start with + or -, or no Option may.
                    Options Indexes +FollowSymLinks       | Either all Options must start with + or -, or no Option may.
                    Options All -Indexes                  | ''
                    Options None +Indexes                 | ''
                    Options -All                          | You may not use 'Options +All' or 'Options -All'.
                    Options +None                         | You may not use 'Options +None' or 'Options -None'.
                    MaxRanges 0                           | MaxRanges requires 'none', 'default', 'unlimited' or a positive integer
                    MaxRanges 10x                         | ''
                    MaxRangeOverlaps foo                  | MaxRangeOverlaps requires 'none', 'default', 'unlimited' or a positive integer
                    AllowOverride None                    | AllowOverride not allowed here
                    """)
    void aLineAtServerLevel(String line, String expected) throws IOException {
        assertEquals(expected, LiveServer.complaint(root, line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    AllowOverride Foo                                 | Illegal override option Foo
                    AllowOverride Options=Foo                         | Illegal option Foo
                    AllowOverride Options=Indexes,FollowSymLinks All  | ''
                    AllowOverride Nonfatal=Foo                        | ''
                    AllowOverride                                     | ''
                    """)
    void aLineInADirectory(String line, String expected) throws IOException {
        assertEquals(expected, LiveServer.complaint(root, "<Directory />\n" + line + "\n</Directory>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    <Directory>;</Directory>                       | <Directory> directive requires additional arguments
                    <Directory /a;</Directory>                     | <Directory> directive missing closing '>'
                    <Directory /a /b>;</Directory>                 | Multiple <Directory> arguments not (yet) supported.
                    <Directory ~ "(">;</Directory>                 | Regex could not be compiled
                    <Directory ~>;</Directory>                     | ''
                    <Directory "">;</Directory>                    | ''
                    <DirectoryMatch ~ b>;</DirectoryMatch>         | ''
                    <DirectoryMatch a b>;</DirectoryMatch>         | Multiple <DirectoryMatch> arguments not (yet) supported.
                    <FilesMatch ~ x>;</FilesMatch>                 | Multiple <FilesMatch> arguments not (yet) supported.
                    <FilesMatch "(">;</FilesMatch>                 | Regex could not be compiled
                    <Files "">;</Files>                            | ''
                    <Location http://x/>;</Location>               | ''
                    <LocationMatch ~ x>;</LocationMatch>           | Multiple <LocationMatch> arguments not (yet) supported.
                    <Location />;<Files x>;</Files>;</Location>    | <Files> cannot occur within <Location> section
                    <Files y>;<FilesMatch x>;</FilesMatch>;</Files> | ''
                    <Location />;<Location /a>;</Location>;</Location> | <Location not allowed in <Location> context
                    <Files a>;<Directory /a>;</Directory>;</Files> | <Directory not allowed in <Files> context
                    <Limit GET>;</Limit>                           | <Limit not allowed here
                    <Location /a>;<Limit>;</Limit>;</Location>     | <Limit> directive requires additional arguments
                    <Location /a>;<Limit GET;</Limit>;</Location>  | <Limit> directive missing closing '>'
                    <Location /a>;<Limit foo>;</Limit>;</Location> | ''
                    <Location /a>;<Limit TRACE>;</Limit>;</Location> | TRACE cannot be controlled by <Limit>, see TraceEnable
                    <Location /a>;<LimitExcept TRACE>;</LimitExcept>;</Location> | ''
                    <Location /a>;<Limit GET>;<Limit POST>;</Limit>;</Limit>;</Location> | <Limit> directive excludes all methods
                    <Location /a>;<Limit GET>;<Limit GET POST>;</Limit>;</Limit>;</Location> | <Limit> directive specifies methods already excluded
                    <Location /a>;<Limit GET>;<LimitExcept GET>;</LimitExcept>;</Limit>;</Location> | <LimitExcept> directive excludes all methods
                    <Files a>;<Limit GET>;<Files b>;</Files>;</Limit>;</Files> | <Files> cannot occur within <Limit> or <LimitExcept> section
                    """)
    void aSection(String lines, String expected) throws IOException {
        assertEquals(expected, LiveServer.complaint(root, lines.replace(';', '\n')));
    }
}
