package dev.sluice.modules.aaa;

import dev.sluice.directive.Scope;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.authn.TextFile;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/** mod_authz_owner: Require file-owner, and the group of the file for file-group. It has no directives of its own. */
public final class AuthzOwnerModule implements HttpdModule {
    static final String ID = "authz_owner_module";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authz_owner.c";
    }

    /** Granted where the system's user who owns the file has the name of the request's user. */
    static AuthzProvider.Check fileOwner(String args, Scope scope) {
        return request -> {
            AuthzResult early = AuthzGroupfileModule.early(request);
            if (early != null) {
                return early;
            }
            PosixFileAttributes file = attributes(request, "AH01633", "AH01634");
            if (file == null) {
                return AuthzResult.DENIED;
            }
            String owner = file.owner().getName();
            if (owner.equals(request.user())) {
                return AuthzResult.GRANTED;
            }
            refuse(request, "", "AH01637", "file owner " + owner + " does not match.");
            return AuthzResult.DENIED;
        };
    }

    /** The name of the group of the request's file; null where it cannot be said, which is logged. Blocks. */
    static @Nullable String group(Request request) {
        PosixFileAttributes file = attributes(request, "AH01638", "AH01639");
        return file == null ? null : file.group().getName();
    }

    private static @Nullable PosixFileAttributes attributes(Request request, String noName, String noFile) {
        String filename = request.filename();
        if (filename == null) {
            refuse(request, "", noName, "no filename available");
            return null;
        }
        try {
            byte[] name = filename.getBytes(StandardCharsets.ISO_8859_1);
            return Files.readAttributes(Path.of(new String(name, StandardCharsets.UTF_8)), PosixFileAttributes.class);
        } catch (IOException e) {
            refuse(request, TextFile.reason(e), noFile, "could not stat file " + filename);
        } catch (InvalidPathException e) {
            refuse(request, "", noFile, "could not stat file " + filename);
        }
        return null;
    }

    private static void refuse(Request request, String system, String number, String reason) {
        request.log(
                Level.ERROR,
                "authz_owner",
                system + number + ": Authorization of user " + request.user() + " to access " + request.path()
                        + " failed, reason: " + reason);
    }
}
