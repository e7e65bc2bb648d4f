package dev.sluice.modules.md;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.opens;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Directive.Does;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.directive.Verdict;
import dev.sluice.model.Server;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.CertificateFiles;
import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * mod_md: hosts of a managed domain are served with the certificates that its store has. Nothing here gets or renews them:
 * a server whose store lacks one does not start.
 */
public final class MdModule implements HttpdModule {
    private static final String NO_RENEWAL =
            "certificates are neither obtained nor renewed here: those of the store are served";
    private static final String NO_STATUS = "there is no status of managed domains";
    private static final String NO_STAPLING = "OCSP responses are not stapled";
    private static final Places ANYWHERE_BUT_ACCESS_FILES =
            new Places(EnumSet.of(AllowOverride.AUTH_CONFIG), true, false, false, false);
    /** What NOT_IN_DIRECTORY and NOT_IN_LOCATION name. */
    private static final Set<String> LOCATED = Set.of("directory", "directorymatch", "location", "locationmatch");

    private final List<ManagedDomain> domains = new ArrayList<>();
    private @Nullable ManagedDomain inside;
    private boolean onlyServerNames;
    private @Nullable Path store;
    private Path root = Path.of("");

    /** Certificates are handed to mod_ssl by {@code files}. */
    public MdModule(CertificateFiles files) {
        files.add(this::files);
    }

    /** As its row has it; {@code section} says where it makes sense. */
    private static final Places EVERYWHERE = Places.anywhereAndServers(
            AllowOverride.LIMIT,
            AllowOverride.OPTIONS,
            AllowOverride.FILE_INFO,
            AllowOverride.AUTH_CONFIG,
            AllowOverride.INDEXES);

    @Override
    public String id() {
        return "md_module";
    }

    @Override
    public String file() {
        return "mod_md.c";
    }

    @Override
    public List<Directive> directives() {
        List<Directive> rows = new ArrayList<>();
        rows.add(directive(
                "MDomain",
                Places.SERVERS,
                outside(reads(Args.TAKE_ARGV, this::domain)).partly(NO_RENEWAL)));
        rows.add(directive("<MDomain", EVERYWHERE, opens(this::section).partly(NO_RENEWAL)));
        rows.add(directive("<MDomainSet", Places.SERVERS, opens(this::section).partly(NO_RENEWAL)));
        rows.add(directive("MDMember", Places.SERVERS, reads(Args.TAKE_ARGV, this::members)));
        rows.add(directive("MDMembers", Places.SERVERS, reads(Args.TAKE_ARGV, this::members)));
        rows.add(directive(
                "MDCertificateFile", Places.SERVERS, reads(Args.TAKE1, (line, scope) -> given(line, scope, true))));
        rows.add(directive(
                "MDCertificateKeyFile", Places.SERVERS, reads(Args.TAKE1, (line, scope) -> given(line, scope, false))));
        rows.add(directive("MDStoreDir", Places.SERVERS, outside(reads(Args.TAKE1, this::storeDir))));
        rows.add(directive("MDMatchNames", Places.SERVERS, outside(reads(Args.TAKE1, this::matchNames))));
        rows.add(directive("MDRequireHttps", ANYWHERE_BUT_ACCESS_FILES, reads(Args.TAKE1, MdModule::requireHttps)));
        renewal(rows);
        return rows;
    }

    private void renewal(List<Directive> rows) {
        rows.add(outer("MDActivationDelay", Args.TAKE1, MdWords::anyDuration));
        rows.add(outer("MDBaseServer", Args.TAKE1, MdWords::onOff));
        rows.add(row("MDCACertificateFile", Args.TAKE1, NO_RENEWAL, MdModule::any));
        rows.add(row("MDCAChallenges", Args.TAKE_ARGV, NO_RENEWAL, MdModule::any));
        rows.add(row("MDCertificateAgreement", Args.TAKE1, NO_RENEWAL, MdModule::any));
        rows.add(row("MDCertificateAuthority", Args.TAKE_ARGV, NO_RENEWAL, MdWords::authorities));
        rows.add(row("MDCertificateCheck", Args.TAKE2, NO_STATUS, MdModule::any));
        rows.add(row("MDCertificateProtocol", Args.TAKE1, NO_RENEWAL, MdModule::any));
        rows.add(row("MDCertificateStatus", Args.TAKE1, NO_STATUS, MdWords::onOff));
        rows.add(row("MDChallengeDns01", Args.RAW_ARGS, NO_RENEWAL, MdModule::any));
        rows.add(outer("MDChallengeDns01Version", Args.TAKE1, MdWords::dnsVersion));
        rows.add(outer("MDCheckInterval", Args.TAKE1, MdWords::checkInterval));
        rows.add(row("MDContactEmail", Args.TAKE1, NO_RENEWAL, MdModule::any));
        rows.add(row("MDDriveMode", Args.TAKE1, NO_RENEWAL, MdWords::renewMode));
        rows.add(row("MDExternalAccountBinding", Args.TAKE12, NO_RENEWAL, MdWords::accountBinding));
        rows.add(row("MDHttpProxy", Args.TAKE1, NO_RENEWAL, MdWords::httpProxy));
        rows.add(row("MDHttpProxyCACertificateFile", Args.TAKE1, NO_RENEWAL, MdModule::any));
        rows.add(outer("MDInitialDelay", Args.TAKE1, MdWords::initialDelay));
        rows.add(outer("MDMessageCmd", Args.RAW_ARGS, MdModule::any));
        rows.add(row("MDMustStaple", Args.TAKE1, NO_RENEWAL, MdWords::onOff));
        rows.add(outer("MDNotifyCmd", Args.RAW_ARGS, MdModule::any));
        rows.add(outer("MDPortMap", Args.TAKE12, MdWords::portMap));
        rows.add(row("MDPrivateKeys", Args.TAKE_ARGV, NO_RENEWAL, MdWords::privateKeys));
        rows.add(row("MDProfile", Args.TAKE1, NO_RENEWAL, MdModule::any));
        rows.add(row("MDProfileMandatory", Args.TAKE1, NO_RENEWAL, MdWords::onOff));
        rows.add(row("MDRenewMode", Args.TAKE1, NO_RENEWAL, MdWords::renewMode));
        rows.add(row("MDRenewViaARI", Args.TAKE1, NO_RENEWAL, MdWords::onOff));
        rows.add(row("MDRenewWindow", Args.TAKE1, NO_RENEWAL, MdWords::window));
        rows.add(outer("MDRetryDelay", Args.TAKE1, MdWords::retryDelay));
        rows.add(outer("MDRetryFailover", Args.TAKE1, MdWords::retryFailover));
        rows.add(row("MDServerStatus", Args.TAKE1, NO_STATUS, MdWords::onOff));
        rows.add(row("MDStapleOthers", Args.TAKE1, NO_STAPLING, MdWords::onOff));
        rows.add(row("MDStapling", Args.TAKE1, NO_STAPLING, MdWords::onOff));
        rows.add(row("MDStaplingKeepResponse", Args.TAKE1, NO_STAPLING, MdWords::window));
        rows.add(row("MDStaplingRenewWindow", Args.TAKE1, NO_STAPLING, MdWords::window));
        rows.add(outer("MDStoreLocks", Args.TAKE1, MdWords::storeLocks));
        rows.add(row("MDWarnWindow", Args.TAKE1, NO_RENEWAL, MdWords::window));
    }

    private Directive outer(String name, Args args, Effect check) {
        Directive row = row(name, args, NO_RENEWAL, check);
        return directive(row.name(), row.places(), outside(row.does()));
    }

    /** Checked, then ignored. */
    private static Directive row(String name, Args args, String why, Effect check) {
        Does noted = ignored(args, why);
        Effect both = (line, scope) -> {
            check.apply(line, scope);
            noted.effect().apply(line, scope);
        };
        return directive(
                name,
                Places.SERVERS,
                new Does(args, both, new Verdict(Verdict.Kind.IGNORED, why), List.of(), List.of()));
    }

    private static void any(Line line, Scope scope) {}

    /** Refuses the line inside a section of a domain (md_conf_check_location). */
    private Does outside(Does does) {
        Effect effect = (line, scope) -> {
            if (inside != null) {
                throw new BadArgument(tag(line) + " is not allowed inside an '<MDomainSet' context");
            }
            does.effect().apply(line, scope);
        };
        return new Does(does.args(), effect, does.verdict(), does.gives(), does.reads());
    }

    private static String tag(Line line) {
        return line.isSection() ? "<MDomainSet" : line.name();
    }

    private static List<String> words(Line line) {
        return line.words().stream().map(word -> word.text()).toList();
    }

    private void domain(Line line, Scope scope) throws BadArgument {
        root = scope.serverRoot();
        if (words(line).stream().allMatch(word -> word.isEmpty() || ManagedDomain.isMode(word))) {
            throw new BadArgument("needs at least one domain name");
        }
        ManagedDomain domain = new ManagedDomain();
        domain.add(words(line));
        domains.add(domain);
    }

    private void section(Line line, Scope scope) throws BadArgument {
        if (inside != null) {
            throw new BadArgument("<MDomainSet is not allowed inside an '<MDomainSet' context");
        }
        if (line.words().isEmpty()) {
            throw new BadArgument("<MDomainSet > section must specify a unique domain name");
        }
        root = scope.serverRoot();
        ManagedDomain domain = new ManagedDomain();
        domain.add(words(line));
        domains.add(domain);
        inside = domain;
        scope.openGroup(line);
        inside = null;
    }

    private void members(Line line, Scope scope) throws BadArgument {
        List<String> words = words(line);
        boolean isMode = words.size() == 1 && ManagedDomain.isMode(words.get(0));
        if (inside != null) {
            inside.add(words);
        } else if (!isMode && words.size() == 1 && !words.get(0).isEmpty()) {
            throw new BadArgument("unknown value, use \"auto|manual\"");
        } else if (!isMode) {
            throw new BadArgument(line.name() + " is only valid inside a '<MDomainSet' context, not here");
        }
    }

    private void given(Line line, Scope scope, boolean isCertificate) throws BadArgument {
        if (inside == null) {
            throw new BadArgument(line.name() + " is only valid inside a '<MDomainSet' context, not here");
        }
        Path file = scope.resolve(SourceFile.utf8(MdWords.first(line)));
        (isCertificate ? inside.certificates() : inside.keys()).add(file);
    }

    private void storeDir(Line line, Scope scope) throws BadArgument {
        store = scope.resolve(SourceFile.utf8(MdWords.first(line)));
    }

    private void matchNames(Line line, Scope scope) throws BadArgument {
        onlyServerNames = MdWords.onlyServerNames(line);
    }

    private static void requireHttps(Line line, Scope scope) throws BadArgument {
        Place place = scope.place();
        boolean isInSection = !place.sections().isEmpty();
        if (isInSection && LOCATED.contains(place.innermost().toLowerCase(Locale.ROOT))) {
            throw new BadArgument(line.name() + " cannot occur within <" + place.innermost() + "> section");
        }
        MdWords.requireHttps(line, scope);
        if (!MdWords.first(line).equalsIgnoreCase("off")) {
            throw BadArgument.refusal(
                    line.name() + " " + MdWords.first(line)
                            + " is not supported: 'Redirect permanent / https://...' in the virtual host of port 80 can say the same");
        }
    }

    /** md_get_certificate: of the first domain that has the host. */
    private List<CertificateFiles.Pair> files(Server server) throws CertificateFiles.Missing {
        for (ManagedDomain domain : domains) {
            if (domain.covers(server, onlyServerNames)) {
                return files(domain);
            }
        }
        return List.of();
    }

    private List<CertificateFiles.Pair> files(ManagedDomain domain) throws CertificateFiles.Missing {
        List<CertificateFiles.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < domain.certificates().size(); i++) {
            Path certificates = domain.certificates().get(i);
            pairs.add(new CertificateFiles.Pair(
                    certificates, i < domain.keys().size() ? domain.keys().get(i) : certificates));
        }
        return pairs.isEmpty() ? ofStore(domain) : pairs;
    }

    private List<CertificateFiles.Pair> ofStore(ManagedDomain domain) throws CertificateFiles.Missing {
        Path folder =
                (store == null ? root.resolve("md") : store).resolve("domains").resolve(domain.name());
        List<CertificateFiles.Pair> pairs = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "pubcert*.pem")) {
            for (Path certificates : found) {
                Path key = folder.resolve(certificates.getFileName().toString().replaceFirst("pubcert", "privkey"));
                if (Files.exists(key)) {
                    pairs.add(new CertificateFiles.Pair(certificates, key));
                }
            }
        } catch (IOException e) {
            throw missing(domain, folder);
        }
        if (pairs.isEmpty()) {
            throw missing(domain, folder);
        }
        return pairs;
    }

    private static CertificateFiles.Missing missing(ManagedDomain domain, Path folder) {
        return new CertificateFiles.Missing("managed domain '" + domain.name() + "' has no certificate: "
                + folder.resolve("pubcert.pem") + " and privkey.pem are not there, and none are obtained here");
    }
}
