extension TokenGrammar {
    /// Names and paths of files.
    static let files: [TokenState: [TokenRule]] = [
        .fileSlash: [
            .on([.asciiLetter, .digit, .underscore], .take(.file)),
            .on(.dot, .take(.pathPoint)),
            .on(.tilde, .attempt(.fileTilde)),
            .otherwise(.fail),
        ],
        .fileTilde: [
            .on([.asciiLetter, .digit, .underscore], .take(.file)),
            .on(.slash, .take(.fileSlash)),
            .otherwise(.fail),
        ],
        .pathFirstPoint: [
            .on(.dot, .take(.pathTwoPoints)),
            .on(.slash, .take(.fileSlash)),
            .otherwise(.fail),
        ],
        .pathPoint: [
            .on([.asciiLetter, .digit, .underscore], .take(.file)),
            .on(.dot, .take(.pathTwoPoints)),
            .on(.slash, .take(.fileSlash)),
            .otherwise(.fail),
        ],
        .pathTwoPoints: [
            .on(.slash, .attempt(.fileSlash)),
            .on([.end, .slash, .space], .end(.file, .start)),
            .otherwise(.fail),
        ],
        .file: [
            .on([.asciiLetter, .digit, .underscore, .hyphen], .take(.file)),
            .on(.dot, .attempt(.filePoint)),
            .on(.slash, .attempt(.fileSlash)),
            .otherwise(.end(.file, .start)),
        ],
        .filePoint: [
            .on([.asciiLetter, .digit, .underscore], .take(.file)),
            .otherwise(.fail),
        ],
    ]
}
