package dev.sluice.modules.aaa.authn;

import dev.sluice.syntax.Quoting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The meanings of a file for AuthUserFile: of htpasswd's lines, and of htdigest's. The first line of a user counts. */
public final class PasswordFile {
    /**
     * @param hashes the second field of a line by its first: {@code user:hash}
     * @param realmHashes the third field by the first two, joined as they are in the file: {@code user:realm:hash}
     */
    public record Users(Map<String, String> hashes, Map<String, String> realmHashes) {}

    private PasswordFile() {}

    public static TextFile<Users> of(Path path) {
        return new TextFile<>(path, PasswordFile::users);
    }

    static Users users(List<String> lines) {
        Map<String, String> hashes = new HashMap<>();
        Map<String, String> realmHashes = new HashMap<>();
        for (String line : lines) {
            Quoting fields = new Quoting(line);
            String user = fields.wordUntil(':');
            String second = fields.wordUntil(':');
            hashes.putIfAbsent(user, second);
            realmHashes.putIfAbsent(user + ":" + second, fields.wordUntil(':'));
        }
        return new Users(Map.copyOf(hashes), Map.copyOf(realmHashes));
    }
}
