package dev.sluice.modules.metadata;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.model.View;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;

/**
 * mod_headers: header fields of requests and answers.
 *
 * <p>httpd keeps two tables of an answer's fields. {@code onsuccess} is about those of the answer itself, {@code always}
 * about those that stand in front of them and are sent with the server's own error documents, too. An error answer of a
 * backend is an answer like any other.
 */
public final class HeadersModule implements HttpdModule {
    static final Setting<List<HeaderAction>> ON_SUCCESS =
            perDirectory("Header", List.<HeaderAction>of(), Merge.append());
    static final Setting<List<HeaderAction>> ALWAYS =
            perDirectory("Header always", List.<HeaderAction>of(), Merge.append());
    static final Setting<List<HeaderAction>> REQUEST =
            perDirectory("RequestHeader", List.<HeaderAction>of(), Merge.append());

    private static final View<Actions> EARLY = View.of(settings -> new Actions(
            only(settings.get(REQUEST), true), only(settings.get(ALWAYS), true), only(settings.get(ON_SUCCESS), true)));

    private static final View<Actions> USUAL = View.of(settings -> new Actions(
            only(settings.get(REQUEST), false),
            only(settings.get(ALWAYS), false),
            only(settings.get(ON_SUCCESS), false)));

    private record Actions(
            List<HeaderAction> request,
            List<HeaderAction> always,
            List<HeaderAction> onSuccess,
            boolean blocksOnRequest) {
        Actions(List<HeaderAction> request, List<HeaderAction> always, List<HeaderAction> onSuccess) {
            this(request, always, onSuccess, request.stream().anyMatch(HeaderAction::blocks));
        }
    }

    private static List<HeaderAction> only(List<HeaderAction> actions, boolean early) {
        return actions.stream().filter(a -> a.early() == early).toList();
    }

    @Override
    public String id() {
        return "headers_module";
    }

    @Override
    public String file() {
        return "mod_headers.c";
    }

    @Override
    public List<Directive> directives() {
        Places fileInfo = anywhere(AllowOverride.FILE_INFO);
        String missing = "the formats %i and %b are refused; Content-Length and Transfer-Encoding are not changed";
        return List.of(
                directive(
                        "Header",
                        fileInfo,
                        raw(HeaderLines::header, ON_SUCCESS, ALWAYS).partly(missing)),
                directive(
                        "RequestHeader",
                        fileInfo,
                        raw(HeaderLines::requestHeader, REQUEST).partly(missing)));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.POST_READ_REQUEST, Hooks.Turn.FIRST, HeadersModule::early)
                .at(Phase.FIXUPS, Hooks.Turn.LAST, HeadersModule::changeRequest)
                .at(Phase.RESPONSE_HEAD, Hooks.Turn.LAST, HeadersModule::changeAnswer);
    }

    /** Only what stands outside any section is known now. */
    private static Outcome early(Request request) {
        Actions actions = request.settings().view(EARLY);
        applyToRequest(actions.request(), request);
        for (int i = 0; i < actions.always().size(); i++) {
            actions.always().get(i).apply(request, request.alwaysHeaders());
        }
        HeaderMap answer = request.exchange().getResponseHeaders();
        for (int i = 0; i < actions.onSuccess().size(); i++) {
            actions.onSuccess().get(i).apply(request, answer);
        }
        return Outcome.DECLINED;
    }

    private static Outcome changeRequest(Request request) {
        Actions actions = request.settings().view(USUAL);
        if (actions.blocksOnRequest() && request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        applyToRequest(actions.request(), request);
        return Outcome.DECLINED;
    }

    private static void applyToRequest(List<HeaderAction> actions, Request request) {
        for (int i = 0; i < actions.size(); i++) {
            actions.get(i).applyToRequest(request);
        }
    }

    private static Outcome changeAnswer(Request request) {
        Actions actions = request.settings().view(USUAL);
        HeaderMap answer = request.exchange().getResponseHeaders();
        if (request.isErrorPage()) {
            request.joinAlwaysHeaders();
        }
        for (int i = 0; i < actions.always().size(); i++) {
            HeaderAction action = actions.always().get(i);
            change(request, action, isSingle(action.name()) ? answer : request.alwaysHeaders());
        }
        if (!request.isErrorPage()) {
            for (int i = 0; i < actions.onSuccess().size(); i++) {
                change(request, actions.onSuccess().get(i), answer);
            }
        }
        request.joinAlwaysHeaders();
        if (!actions.always().isEmpty() || !actions.onSuccess().isEmpty()) {
            dropUnsendable(request, answer);
        }
        return Outcome.DECLINED;
    }

    /** The fields of which an answer has one, whichever table it is set in. */
    private static boolean isSingle(HttpString name) {
        return name.equals(Headers.CONTENT_TYPE) || name.equals(Headers.SERVER) || name.equals(Headers.DATE);
    }

    /** Server and Date of what is not proxied are written after all modules have had their say (basic_http_header). */
    private static void change(Request request, HeaderAction action, HeaderMap headers) {
        boolean serversOwn =
                action.name().equals(Headers.SERVER) || action.name().equals(Headers.DATE);
        if (!serversOwn || request.isProxied()) {
            action.apply(request, headers);
        }
    }

    private static void dropUnsendable(Request request, HeaderMap answer) {
        for (long i = answer.fastIterateNonEmpty(); i != -1; i = answer.fiNextNonEmpty(i)) {
            HeaderValues values = answer.fiCurrent(i);
            for (int j = values.size() - 1; j >= 0; j--) {
                if (!isSendable(values.get(j))) {
                    String dropped = values.remove(j);
                    request.log(
                            Level.ERROR,
                            "headers",
                            "AH02430: Response header '" + values.getHeaderName() + "' value of '"
                                    + dropped.replaceAll("[\\x00-\\x1f]", "?")
                                    + "' contains invalid characters, the field is not sent");
                }
            }
        }
    }

    private static boolean isSendable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                return false;
            }
        }
        return true;
    }
}
