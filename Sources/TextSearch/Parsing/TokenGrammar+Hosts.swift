extension TokenGrammar {
    /// Host names with ports, and addresses of electronic mail.
    static let hosts: [TokenState: [TokenRule]] = [
        .host: [
            .on([.asciiLetter, .digit], .take(.host)),
            .on(.at, .attempt(.emailSign)),
            .on(.dot, .attempt(.hostPoint)),
            .on([.hyphen, .underscore], .attempt(.hostJoint)),
            .otherwise(.fail),
        ],
        .hostJoint: [
            .on([.asciiLetter, .digit], .take(.host)),
            .otherwise(.fail),
        ],
        .hostPoint: [
            .on(.asciiLetter, .take(.topLevelFirstLetter)),
            .on(.digit, .take(.host)),
            .otherwise(.fail),
        ],
        // A name is a host if its last label has two letters or more.
        .topLevelFirstLetter: [
            .on(.asciiLetter, .take(.topLevelDomain)),
            .on(.digit, .attempt(.host)),
            .on([.hyphen, .underscore], .attempt(.hostJoint)),
            .on(.dot, .attempt(.hostPoint)),
            .on(.at, .attempt(.emailSign)),
            .otherwise(.fail),
        ],
        .topLevelDomain: [
            .on(.asciiLetter, .take(.topLevelDomain)),
            .on(.digit, .attempt(.host)),
            .on(.colon, .attempt(.portColon)),
            .on([.hyphen, .underscore], .attempt(.hostJoint)),
            .on(.dot, .attempt(.hostPoint)),
            .on(.digit, .fail),
            .when(.hostIsWanted, .end(.host, .urlPathStart)),
            .on(.at, .attempt(.emailSign)),
            .on(.slash, .attempt(.urlSlash)),
            .otherwise(.end(.host, .start)),
        ],
        .portColon: [
            .on(.digit, .take(.port)),
            .otherwise(.fail),
        ],
        .port: [
            .on(.digit, .take(.port)),
            .when(.hostIsWanted, .end(.host, .urlPathStart)),
            .on(.slash, .attempt(.urlSlash)),
            .otherwise(.end(.host, .start)),
        ],
        .emailSign: [
            .on(.end, .fail),
            .when(.hostFollows, .end(.email, .start)),
            .otherwise(.fail),
        ],
    ]

    /// URLs, which are followed by their host and their path as tokens of their own, and protocols.
    static let urls: [TokenState: [TokenRule]] = [
        .urlSlash: [
            .on(.end, .fail),
            .when(.urlPathFollows, .endAndRescan(.url, .start)),
            .otherwise(.fail),
        ],
        .urlPathStart: [
            .otherwise(.take(.urlPath))
        ],
        .urlPathFirst: [
            .on(.urlPath, .take(.urlPath)),
            .otherwise(.fail),
        ],
        .urlPath: [
            .on(.urlPath, .take(.urlPath)),
            .otherwise(.end(.urlPath, .start)),
        ],
        .protocolColon: [
            .on(.slash, .take(.protocolSlash)),
            .otherwise(.fail),
        ],
        .protocolSlash: [
            .on(.slash, .take(.protocolEnd)),
            .otherwise(.fail),
        ],
        .protocolEnd: [
            .otherwise(.end(.urlProtocol, .start))
        ],
    ]
}
