/// Decides from a statement's text whether it certainly neither writes nor locks.
///
/// The rule is conservative: it knows what is harmless and takes everything else for a write. A wrong "no" costs a little speed; a wrong "yes"
/// would let a write be sent twice or be undone by a neighbour's error.
enum ReadOnlyRule {
    /// Whether the statement is a plain `SELECT` or `WITH … SELECT` without a locking clause, without `INTO`, without a data-modifying part,
    /// and calls only functions from a list of harmless ones.
    static func accepts(_ sql: String) -> Bool {
        var lexer = SQLLexer(sql)
        var previousCall: String?
        var isQualified = false
        var isFirst = true
        while let token = lexer.next() {
            switch token.kind {
            case .whitespace, .comment:
                continue
            case .word:
                let word = lexer.text(of: token).lowercased()
                if isFirst {
                    guard word == "select" || word == "with" else { return false }
                } else if forbiddenWords.contains(word) {
                    return false
                }
                // A function of some schema may do anything, whatever its name.
                previousCall = isQualified ? "" : word
            case .quotedIdentifier:
                // A quoted name before a parenthesis would be a call of something unknown.
                previousCall = ""
            case .symbol(UInt8(ascii: "(")):
                if let name = previousCall, !harmlessBeforeParenthesis.contains(name) { return false }
                previousCall = nil
            case .symbol(UInt8(ascii: ";")):
                return false
            case .unterminated:
                return false
            default:
                previousCall = nil
            }
            isQualified = token.kind == .symbol(UInt8(ascii: "."))
            isFirst = false
        }
        return !isFirst
    }

    private static let forbiddenWords: Set<String> = [
        "insert", "update", "delete", "merge", "into", "for", "truncate", "create", "alter", "drop", "call", "do", "copy", "lock", "set",
    ]

    private static let harmlessBeforeParenthesis: Set<String> = [
        // Syntax that is followed by a parenthesis.
        "select", "from", "where", "and", "or", "not", "in", "any", "some", "all", "exists", "as", "materialized", "values", "over", "filter",
        "using",
        "on", "by", "then", "else", "when", "case", "union", "except", "intersect", "lateral", "array", "row", "is", "distinct", "between",
        "like", "ilike", "limit", "offset", "join", "having", "group", "cast", "coalesce", "nullif", "greatest", "least", "extract", "collate",
        "interval", "within", "sets", "rollup", "cube", "varchar", "numeric", "timestamptz",
        // Functions that only compute.
        "count", "sum", "min", "max", "avg", "bool_and", "bool_or", "every", "array_agg", "string_agg", "json_agg", "jsonb_agg",
        "json_object_agg", "jsonb_object_agg", "row_number", "rank", "dense_rank", "percent_rank", "ntile", "lag", "lead", "first_value",
        "last_value", "lower", "upper", "length", "char_length", "octet_length", "substr", "substring", "left", "right", "trim", "btrim", "ltrim",
        "rtrim", "replace", "position", "strpos", "starts_with", "split_part", "concat", "concat_ws", "format", "repeat", "reverse", "md5", "sha256",
        "encode", "decode", "abs", "ceil", "floor", "round", "trunc", "mod", "power", "sqrt", "sign", "date_trunc", "date_part", "date_bin",
        "to_timestamp", "make_interval", "now", "clock_timestamp", "statement_timestamp", "generate_series", "unnest", "cardinality",
        "array_length", "array_position", "array_to_string", "string_to_array", "array_remove", "array_append", "array_cat", "to_json", "to_jsonb",
        "row_to_json", "json_build_object", "jsonb_build_object", "json_build_array", "jsonb_build_array", "jsonb_array_elements",
        "jsonb_array_elements_text", "jsonb_array_length", "jsonb_typeof", "jsonb_object_keys", "jsonb_each", "jsonb_each_text",
        "jsonb_path_exists", "jsonb_path_query", "jsonb_extract_path", "jsonb_extract_path_text", "jsonb_strip_nulls", "to_tsvector", "to_tsquery",
        "plainto_tsquery", "phraseto_tsquery", "websearch_to_tsquery", "ts_rank", "ts_rank_cd", "ts_headline", "numnode", "querytree",
        "setweight", "strip", "version", "current_setting", "pg_typeof", "pg_column_size", "pg_total_relation_size", "pg_relation_size",
        "pg_table_size", "pg_indexes_size", "pg_database_size", "pg_get_expr", "pg_get_indexdef", "pg_get_constraintdef", "format_type",
        "obj_description", "col_description", "to_regclass", "quote_ident", "pg_backend_pid", "pg_is_in_recovery", "txid_current_if_assigned",
    ]
}
