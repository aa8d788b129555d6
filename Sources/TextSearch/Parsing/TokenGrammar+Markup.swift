extension TokenGrammar {
    /// Entities of XML and HTML, such as "&amp;" and "&#x27;".
    static let entities: [TokenState: [TokenRule]] = [
        .entityAmpersand: [
            .on(.hash, .take(.entityHash)),
            .on([.asciiLetter, .colon, .underscore], .take(.entityName)),
            .otherwise(.fail),
        ],
        .entityName: [
            .on([.letter, .digit, .colon, .underscore, .dot, .hyphen], .take(.entityName)),
            .on(.semicolon, .take(.entityEnd)),
            .otherwise(.fail),
        ],
        .entityHash: [
            .on([.smallX, .capitalX], .take(.entityHexX)),
            .on(.digit, .take(.entityNumber)),
            .otherwise(.fail),
        ],
        .entityNumber: [
            .on(.digit, .take(.entityNumber)),
            .on(.semicolon, .take(.entityEnd)),
            .otherwise(.fail),
        ],
        .entityHexX: [
            .on(.hexDigit, .take(.entityHexNumber)),
            .otherwise(.fail),
        ],
        .entityHexNumber: [
            .on(.hexDigit, .take(.entityHexNumber)),
            .on(.semicolon, .take(.entityEnd)),
            .otherwise(.fail),
        ],
        .entityEnd: [
            .otherwise(.end(.entity, .start))
        ],
    ]

    /// Tags, comments and declarations of XML and HTML.
    static let tags: [TokenState: [TokenRule]] = [
        .tagOpen: [
            .on(.slash, .take(.tagSlash)),
            .on(.exclamation, .take(.declaration)),
            .on(.question, .take(.xmlQuestion)),
            .on([.asciiLetter, .colon, .underscore], .take(.tagName)),
            .otherwise(.fail),
        ],
        .xmlQuestion: [
            .on(.smallX, .take(.tagBody)),
            .otherwise(.fail),
        ],
        .tagSlash: [
            .on(.asciiLetter, .take(.tagName)),
            .otherwise(.fail),
        ],
        .tagName: [
            .on(.slash, .attempt(.tagEmptySlash)),
            .on(.greater, .takeElement(.tagEnd)),
            .on(.space, .takeElement(.tagBody)),
            .on([.letter, .digit, .colon, .underscore, .dot, .hyphen], .take(.tagName)),
            .otherwise(.fail),
        ],
        .tagEmptySlash: [
            .on(.greater, .take(.tagEnd)),
            .otherwise(.fail),
        ],
        .tagBody: [
            .on(.greater, .take(.tagEnd)),
            .on(.apostrophe, .take(.tagSingleQuoted)),
            .on(.quote, .take(.tagDoubleQuoted)),
            .on(
                [
                    .asciiLetter, .digit, .space, .equals, .hyphen, .underscore, .hash, .slash, .colon, .dot, .ampersand, .question, .percent,
                    .tilde,
                ], .take(.tagBody)),
            .otherwise(.fail),
        ],
        .tagSingleQuoted: [
            .on(.end, .fail),
            .on(.backslash, .take(.tagSingleQuotedEscape)),
            .on(.apostrophe, .take(.tagBody)),
            .otherwise(.take(.tagSingleQuoted)),
        ],
        .tagSingleQuotedEscape: [
            .on(.end, .fail),
            .otherwise(.take(.tagSingleQuotedEscaped)),
        ],
        .tagSingleQuotedEscaped: [
            .on(.end, .giveUp),
            .on(.backslash, .take(.tagSingleQuotedEscape)),
            .on(.apostrophe, .take(.tagBody)),
            .otherwise(.take(.tagSingleQuoted)),
        ],
        .tagDoubleQuoted: [
            .on(.end, .fail),
            .on(.backslash, .take(.tagDoubleQuotedEscape)),
            .on(.quote, .take(.tagBody)),
            .otherwise(.take(.tagDoubleQuoted)),
        ],
        .tagDoubleQuotedEscape: [
            .on(.end, .fail),
            .otherwise(.take(.tagDoubleQuotedEscaped)),
        ],
        .tagDoubleQuotedEscaped: [
            .on(.end, .giveUp),
            .on(.backslash, .take(.tagDoubleQuotedEscape)),
            .on(.quote, .take(.tagBody)),
            .otherwise(.take(.tagDoubleQuoted)),
        ],
        .tagEnd: [
            .otherwise(.end(.tag, .start))
        ],
        .declaration: [
            .on(.hyphen, .take(.commentHyphen)),
            .on(.d, .take(.tagBody)),
            .otherwise(.fail),
        ],
        .commentHyphen: [
            .on(.hyphen, .take(.comment)),
            .otherwise(.fail),
        ],
        .comment: [
            .on(.end, .fail),
            .on(.hyphen, .take(.commentEndHyphen)),
            .otherwise(.take(.comment)),
        ],
        .commentEndHyphen: [
            .on(.end, .fail),
            .on(.hyphen, .take(.commentEndHyphens)),
            .otherwise(.take(.comment)),
        ],
        .commentEndHyphens: [
            .on(.end, .fail),
            .on(.hyphen, .take(.commentEndHyphens)),
            .on(.greater, .take(.tagEnd)),
            .otherwise(.take(.comment)),
        ],
    ]
}
