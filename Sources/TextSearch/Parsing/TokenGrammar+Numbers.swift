extension TokenGrammar {
    /// Integers, decimal fractions, versions and numbers with an exponent.
    static let numbers: [TokenState: [TokenRule]] = [
        .unsignedInteger: [
            .on(.digit, .take(.unsignedInteger)),
            .on(.dot, .attempt(.hostPoint)),
            .on(.dot, .attempt(.unsignedPoint)),
            .on(.exponent, .attempt(.exponent)),
            .on([.hyphen, .underscore], .attempt(.hostJoint)),
            .on(.at, .attempt(.emailSign)),
            .on(.asciiLetter, .attempt(.host)),
            .on([.letter, .joining], .take(.numberWord)),
            .on(.slash, .attempt(.fileSlash)),
            .otherwise(.end(.unsignedInteger, .start)),
        ],
        .sign: [
            .on(.digit, .take(.signedInteger)),
            .otherwise(.fail),
        ],
        .signedInteger: [
            .on(.digit, .take(.signedInteger)),
            .on(.dot, .attempt(.signedPoint)),
            .on(.exponent, .attempt(.exponent)),
            .otherwise(.end(.signedInteger, .start)),
        ],
        .unsignedPoint: [
            .on(.digit, .take(.unsignedDecimal)),
            .otherwise(.fail),
        ],
        .unsignedDecimal: [
            .on(.digit, .take(.unsignedDecimal)),
            .on(.dot, .attempt(.versionPoint)),
            .on(.exponent, .attempt(.exponent)),
            .otherwise(.end(.decimalNumber, .start)),
        ],
        .signedPoint: [
            .on(.digit, .take(.signedDecimal)),
            .otherwise(.fail),
        ],
        .signedDecimal: [
            .on(.digit, .take(.signedDecimal)),
            .on(.dot, .attempt(.signedVersionPoint)),
            .on(.exponent, .attempt(.exponent)),
            .otherwise(.end(.decimalNumber, .start)),
        ],
        .versionPoint: [
            .on(.digit, .take(.version)),
            .otherwise(.fail),
        ],
        .version: [
            .on(.digit, .take(.version)),
            .on(.dot, .attempt(.versionPoint)),
            .otherwise(.end(.version, .start)),
        ],
        // "-1.2.3" is no number: the sign is a blank, and the version begins after it.
        .signedVersionPoint: [
            .on(.digit, .endBeforeNumber),
            .otherwise(.fail),
        ],
        .exponent: [
            .on(.digit, .take(.scientificNumber)),
            .on([.plus, .hyphen], .take(.exponentSign)),
            .otherwise(.fail),
        ],
        .exponentSign: [
            .on(.digit, .take(.scientificNumber)),
            .otherwise(.fail),
        ],
        .scientificNumber: [
            .on(.digit, .take(.scientificNumber)),
            .otherwise(.end(.scientificNumber, .start)),
        ],
    ]
}
