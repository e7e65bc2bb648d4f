package dev.sluice.lint;

import dev.sluice.source.Rule;
import dev.sluice.source.Severity;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Directives that people know and httpd 2.4 does not have: those of modules by others, and those of older versions. */
final class ForeignDirectives {
    static final Rule RULE =
            new Rule("third-party-directive", Severity.ERROR, "A directive of a module that is not part of httpd");

    /** Beginnings of names in lower case, the longer ones first where one begins another. */
    private static final Map<String, String> MODULES = new LinkedHashMap<>();

    /** Names in lower case. */
    private static final Map<String, String> FORMER = Map.ofEntries(
            Map.entry("lockfile", "Mutex names files of locks"),
            Map.entry("acceptmutex", "Mutex says how locks are made"),
            Map.entry("sslmutex", "Mutex says how locks are made"),
            Map.entry("rewritelock", "Mutex names files of locks"),
            Map.entry("rewritelog", "LogLevel rewrite:trace3 writes to the error log"),
            Map.entry("rewriteloglevel", "LogLevel rewrite:trace3 writes to the error log"),
            Map.entry("authzldapauthoritative", "access is decided by <RequireAll>, <RequireAny> and <RequireNone>"),
            Map.entry("authauthoritative", "access is decided by <RequireAll>, <RequireAny> and <RequireNone>"),
            Map.entry("authzhostauthoritative", "access is decided by <RequireAll>, <RequireAny> and <RequireNone>"),
            Map.entry("authzuserauthoritative", "access is decided by <RequireAll>, <RequireAny> and <RequireNone>"),
            Map.entry("authzgroupfileauthoritative", "access is decided by <RequireAll>, <RequireAny>, <RequireNone>"),
            Map.entry("authzdefaultauthoritative", "access is decided by <RequireAll>, <RequireAny> and <RequireNone>"),
            Map.entry("authdigestfile", "it is AuthUserFile, with AuthDigestProvider file"),
            Map.entry("cookielog", "CustomLog writes cookies as %{Cookie}n"),
            Map.entry("addmodule", "LoadModule loads modules"),
            Map.entry("clearmodulelist", "LoadModule loads modules"),
            Map.entry("port", "Listen names ports"),
            Map.entry("bindaddress", "Listen names addresses"),
            Map.entry("servertype", "there is one kind of server"),
            Map.entry("resourceconfig", "Include reads further files"),
            Map.entry("accessconfig", "Include reads further files"),
            Map.entry("startthreads", "StartServers and ThreadsPerChild say how many there are"),
            Map.entry("maxthreads", "ThreadLimit and ThreadsPerChild say how many there are"),
            Map.entry("charset", "AddDefaultCharset names it"));

    static {
        String[][] known = {
            {"wsgi", "mod_wsgi"},
            {"php_", "mod_php"},
            {"perl", "mod_perl"},
            {"fcgiwrapper", "mod_fcgid"},
            {"fcgid", "mod_fcgid"},
            {"fastcgi", "mod_fastcgi"},
            {"fcgi", "mod_fcgid"},
            {"passenger", "mod_passenger"},
            {"rails", "mod_passenger"},
            {"secrule", "mod_security"},
            {"secaction", "mod_security"},
            {"secaudit", "mod_security"},
            {"secrequest", "mod_security"},
            {"secresponse", "mod_security"},
            {"secdata", "mod_security"},
            {"sectmp", "mod_security"},
            {"secdebug", "mod_security"},
            {"secpcre", "mod_security"},
            {"secfilter", "mod_security"},
            {"secserversignature", "mod_security"},
            {"jk", "mod_jk"},
            {"svn", "mod_dav_svn"},
            {"authzsvn", "mod_authz_svn"},
            {"python", "mod_python"},
            {"shib", "mod_shib"},
            {"oidc", "mod_auth_openidc"},
            {"mellon", "mod_auth_mellon"},
            {"gss", "mod_auth_gssapi"},
            {"krb", "mod_auth_kerb"},
            {"caslogin", "mod_auth_cas"},
            {"casauth", "mod_auth_cas"},
            {"cascookie", "mod_auth_cas"},
            {"casvalid", "mod_auth_cas"},
            {"casversion", "mod_auth_cas"},
            {"authcas", "mod_auth_cas"},
            {"tkt", "mod_auth_tkt"},
            {"gridsite", "mod_gridsite"},
            {"gnutls", "mod_gnutls"},
            {"nss", "mod_nss"},
            {"qs_", "mod_qos"},
            {"geoip", "mod_geoip"},
            {"maxmind", "mod_maxminddb"},
            {"xsendfile", "mod_xsendfile"},
            {"doshash", "mod_evasive"},
            {"dospage", "mod_evasive"},
            {"dossite", "mod_evasive"},
            {"dosblock", "mod_evasive"},
            {"doswhite", "mod_evasive"},
            {"doslog", "mod_evasive"},
            {"dosemail", "mod_evasive"},
            {"dossystem", "mod_evasive"},
            {"modpagespeed", "mod_pagespeed"},
            {"pagespeed", "mod_pagespeed"},
            {"cloudflare", "mod_cloudflare"},
            {"rpaf", "mod_rpaf"},
            {"assignuserid", "mpm_itk"},
            {"maxclientsvhost", "mpm_itk"},
            {"rmode", "mod_ruid2"},
            {"ruidgid", "mod_ruid2"},
            {"suphp_", "mod_suphp"},
            {"uwsgi", "mod_uwsgi"},
            {"dispatcher", "mod_dispatcher"},
            {"enablemcmp", "mod_cluster"},
            {"managerbalancername", "mod_cluster"},
            {"auth_mysql", "mod_auth_mysql"},
            {"authmysql", "mod_auth_mysql"},
            {"auth_pg", "mod_auth_pgsql"},
            {"h264", "mod_h264_streaming"},
            {"loadtile", "mod_tile"},
            {"modtile", "mod_tile"},
            {"addtileconfig", "mod_tile"},
            {"applicationinsights", "mod_applicationinsights"},
            {"bwshare", "mod_bwshare"},
            {"cband", "mod_cband"},
            {"limitipconn", "mod_limitipconn"},
            {"maxconnperip", "mod_limitipconn"},
            {"whatkilledus", "mod_whatkilledus"},
            {"webauth", "mod_webauth"},
            {"pubcookie", "mod_pubcookie"},
            {"defender", "mod_defender"}
        };
        for (String[] each : known) {
            MODULES.put(each[0], each[1]);
        }
    }

    private ForeignDirectives() {}

    /** The module that {@code directive} belongs to, as far as its name tells; null for another name. */
    static @Nullable String moduleOf(String directive) {
        String name = directive.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> each : MODULES.entrySet()) {
            if (name.startsWith(each.getKey())) {
                return each.getValue();
            }
        }
        return null;
    }

    /** What does now what {@code directive} did in an older version; null for another name. */
    static @Nullable String successorOf(String directive) {
        return FORMER.get(directive.toLowerCase(Locale.ROOT));
    }
}
