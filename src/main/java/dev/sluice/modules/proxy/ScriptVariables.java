package dev.sluice.modules.proxy;

import dev.sluice.modules.core.CgiEnvironment;
import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.UrlPath;
import dev.sluice.request.Request;
import java.nio.file.Files;
import java.nio.file.Path;

/** The variables of a request for an application server (send_environment, mod_proxy_fcgi.c). */
final class ScriptVariables {
    private static final String FCGI = "proxy:fcgi://";
    private static final String UWSGI = "proxy:uwsgi://";
    private static final String BALANCER = "proxy:balancer://";
    private static final String PATH_INFO = "proxy-fcgi-pathinfo";

    private ScriptVariables() {}

    /** Whether {@link #add} must run on a worker thread. */
    static boolean blocks(Request request) {
        return CgiEnvironment.blocks(request) || looksForFile(request) || FcgiVariable.anyBlocks(request);
    }

    private static boolean looksForFile(Request request) {
        String how = isFcgi(request) ? request.environment().get(PATH_INFO) : null;
        return how != null && how.equalsIgnoreCase("full");
    }

    private static boolean isFcgi(Request request) {
        String file = request.filename();
        return file != null && file.startsWith(FCGI);
    }

    private static boolean isBalanced(Request request) {
        String file = request.filename();
        return file != null && file.startsWith(BALANCER);
    }

    static void add(Request request) {
        boolean fcgi = isFcgi(request) || isBalanced(request);
        if (looksForFile(request)) {
            splitByDisk(request);
        } else if (isFcgi(request) && request.settings().get(ProxyFcgiModule.BACKEND_TYPE) == ProxyFcgiModule.BackendType.GENERIC) {
            request.filename(path(request, FCGI));
        } else if (request.filename() != null && request.filename().startsWith(BALANCER)) {
            String path = path(request, BALANCER);
            String query = request.queryWithMark();
            request.filename(path.endsWith(query) ? path.substring(0, path.length() - query.length()) : path);
        }
        CgiEnvironment.addCommon(request);
        CgiEnvironment.addRequest(request);
        if (fcgi) {
            FcgiVariable.applyAll(request);
        } else if (request.filename() != null && request.filename().startsWith(UWSGI)) {
            application(request);
        }
    }

    /** What is left of the path where as much as the backend's path is taken from its end (uwsgi_handler). */
    private static void application(Request request) {
        String info = UrlPath.unescaped(path(request, UWSGI));
        int rest = request.path().length() - info.length();
        request.environment().set("PATH_INFO", info);
        request.environment().set("SCRIPT_NAME", request.path().substring(0, Math.max(0, rest)));
    }

    /** What follows scheme and authority. */
    private static String path(Request request, String scheme) {
        String file = String.valueOf(request.filename());
        int slash = file.indexOf('/', scheme.length());
        return slash < 0 ? "" : file.substring(slash);
    }

    /** The longest beginning of the path that is a file is the script; the rest is its path info. */
    private static void splitByDisk(Request request) {
        String whole = path(request, FCGI);
        int end = whole.length();
        while (end > 0) {
            Path path = FileNames.path(whole.substring(0, end));
            if (path != null && Files.exists(path)) {
                break;
            }
            end = whole.lastIndexOf('/', end - 1);
        }
        if (end > 0) {
            request.filename(whole.substring(0, end));
            request.pathInfo(whole.substring(end));
        } else {
            request.filename(whole);
        }
    }
}
