/// Texts that would do something if any of them ever became a part of a statement. Each has the word of ``marker`` in it.
package enum InjectionCorpus {
    /// A word that no statement of the library has. It is also the name of the table that the texts are after.
    package static let marker = "canary"

    /// All of them, each once: every way out of a literal, with every harm, with every way to silence what follows, and those that fit no pattern.
    package static let all: [String] = {
        var texts = ways.flatMap { way in harms.flatMap { harm in ends.map { way + harm + $0 } } } + others
        var seen: Set<[UInt8]> = []
        texts.removeAll { !seen.insert(Array($0.utf8)).inserted }
        return texts
    }()

    private static let ways = ["", "'", "\"", "')", "'))", "\\'", "''", "\u{2019}", "$$", "$1", "%'", "*/"]

    private static let harms = [
        "; DROP TABLE canary", "; DELETE FROM canary", "; UPDATE canary SET a=0", " OR canary=canary", " OR EXISTS(TABLE canary)",
        " UNION TABLE canary", "||(SELECT a FROM canary)||'", "; TRUNCATE canary", "; COPY canary TO PROGRAM 'id'", "; DO $x$canary$x$",
        "; SET ROLE canary", "::canary", "; LISTEN canary", "; CREATE ROLE canary", ",(SELECT lo_create(1))canary", "; BEGIN; LOCK canary",
        "; ALTER TABLE canary RENAME TO b",
    ]

    private static let ends = ["", "--", "/*", ";--", "#"]

    private static let others = [
        "E'\\x63' canary", "U&'\\0063' canary", "U&\"\\0063\" UESCAPE '!' canary", "$canary$x$canary$", "$canary$", "\\canary", "canary\\",
        "\\\\canary\\\\",
        "%s%n%x canary", "%1$s canary", "{0} canary", "${jndi:ldap://canary}", "{{canary}}", "#{canary}", "$(canary)", "`canary`", "\u{bf}' canary",
        "\u{ff07} canary", "\u{2032} canary", "canary\u{27}\u{27}\u{27}", "canary\n; DROP TABLE canary", "canary\r\nGO", "canary\tx", "--canary\n;x",
        "/*canary*/", "/*/*canary*/", "canary /*!x*/", "(canary)", "canary)", "canary,canary", "canary;canary", "canary=canary", "@canary",
        "@@canary",
        ":canary", "?canary", "?|canary", "?&canary", "@>canary", "canary::regclass", "canary::text::int", "'canary'::regclass", "NULL canary",
        "true canary", "1 canary", "-1 canary", "1e400 canary", "{\"canary\":1}", "[\"canary\"]", "{canary}", "{\"canary\\\"\"}", "{canary,NULL}",
        "(canary,\"\")", "host=evil canary", "dbname=canary host=evil", "postgres://evil/canary", "service=canary", "options=-ccanary",
        "-c search_path=canary", "canary%00", "canary%27", "canary&#39;", "canary\u{200b}'", "\u{202e}canary'", "\u{feff}canary'", "canary\u{301}'",
        "CANARY canary", "canary' AND pg_sleep(9)>''--", "canary'; SELECT pg_sleep(9)--", "canary' AND 1=(SELECT 1/0)--", "pg_read_file canary",
        "canary <-> canary", "canary:*", "!canary", "canary & | !", "'canary' <2> x", "canary OR -\"", "\"canary", "canary\"\"", "% canary",
        "_ canary",
        "canary%", "canary_", "canary\\%", "canary\\_", "canary*", "^canary$", "canary{1,2}", "[canary]", "canary+", "(?i)canary",
    ]
}
