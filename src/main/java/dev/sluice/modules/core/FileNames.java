package dev.sluice.modules.core;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** File names of requests, bytes held one a char, as paths. */
public final class FileNames {
    private FileNames() {}

    /**
     * Null for a name that no file can have here: a NUL in it, or bytes that are no UTF-8 and would have to be replaced,
     * so that two names would lead to one file.
     */
    public static @Nullable Path path(String bytes) {
        try {
            String name = isAscii(bytes) ? bytes : decoded(bytes);
            return name.indexOf('\0') >= 0 ? null : Path.of(name);
        } catch (InvalidPathException | CharacterCodingException e) {
            return null;
        }
    }

    /** Without empty, {@code .} and {@code ..} components (apr_filepath_merge); {@code path} is absolute. */
    public static String normalized(String path) {
        List<String> kept = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..") && !kept.isEmpty()) {
                kept.remove(kept.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                kept.add(part);
            }
        }
        return "/" + String.join("/", kept);
    }

    private static boolean isAscii(String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String bytes) throws CharacterCodingException {
        CharBuffer decoded = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
        return decoded.toString();
    }
}
