extension TokenGrammar {
    /// Words of letters, and of letters and digits.
    static let words: [TokenState: [TokenRule]] = [
        .asciiWord: [
            .on(.asciiLetter, .take(.asciiWord)),
            .on(.dot, .attempt(.hostPoint)),
            .on(.dot, .attempt(.filePoint)),
            .on([.hyphen, .underscore], .attempt(.hostJoint)),
            .on(.hyphen, .attempt(.asciiHyphen)),
            .on(.at, .attempt(.emailSign)),
            .on(.colon, .attempt(.protocolColon)),
            .on(.slash, .attempt(.fileSlash)),
            .on(.digit, .attempt(.host)),
            .on(.digit, .take(.numberWord)),
            .on([.letter, .joining], .take(.word)),
            .otherwise(.end(.asciiWord, .start)),
        ],
        .word: [
            .on([.letter, .joining], .take(.word)),
            .on(.digit, .take(.numberWord)),
            .on(.hyphen, .attempt(.hyphen)),
            .otherwise(.end(.word, .start)),
        ],
        .numberWord: [
            .on([.letter, .digit, .joining], .take(.numberWord)),
            .on(.at, .attempt(.emailSign)),
            .on(.slash, .attempt(.fileSlash)),
            .on(.dot, .attempt(.filePoint)),
            .on(.hyphen, .attempt(.numberHyphen)),
            .otherwise(.end(.numberWord, .start)),
        ],
    ]

    /// Words with hyphens, read once as a whole.
    static let hyphenatedWords: [TokenState: [TokenRule]] = [
        .asciiHyphen: [
            .on(.asciiLetter, .take(.asciiHyphenWord)),
            .on(.letter, .take(.hyphenWord)),
            .on(.digit, .take(.hyphenDigits)),
            .otherwise(.fail),
        ],
        .asciiHyphenWord: [
            .on(.asciiLetter, .take(.asciiHyphenWord)),
            .on([.letter, .joining], .take(.hyphenWord)),
            .on(.digit, .take(.numberHyphenWord)),
            .on(.hyphen, .attempt(.asciiHyphen)),
            .otherwise(.endAndRescan(.hyphenatedASCIIWord, .parts)),
        ],
        .hyphen: [
            .on(.letter, .take(.hyphenWord)),
            .on(.digit, .take(.hyphenDigits)),
            .otherwise(.fail),
        ],
        .hyphenWord: [
            .on([.letter, .joining], .take(.hyphenWord)),
            .on(.digit, .take(.numberHyphenWord)),
            .on(.hyphen, .attempt(.hyphen)),
            .otherwise(.endAndRescan(.hyphenatedWord, .parts)),
        ],
        .numberHyphen: [
            .on(.letter, .take(.numberHyphenWord)),
            .on(.digit, .take(.hyphenDigits)),
            .otherwise(.fail),
        ],
        .numberHyphenWord: [
            .on([.letter, .digit, .joining], .take(.numberHyphenWord)),
            .on(.hyphen, .attempt(.numberHyphen)),
            .otherwise(.endAndRescan(.hyphenatedNumberWord, .parts)),
        ],
        .hyphenDigits: [
            .on(.digit, .take(.hyphenDigits)),
            .on([.letter, .joining], .take(.numberHyphenWord)),
            .otherwise(.fail),
        ],
    ]

    /// The parts of a word with hyphens, read once more one by one.
    static let hyphenatedParts: [TokenState: [TokenRule]] = [
        .parts: [
            .on(.asciiLetter, .take(.asciiPart)),
            .on(.letter, .take(.part)),
            .on(.digit, .attempt(.numberPartDigits)),
            .on(.hyphen, .attempt(.partsHyphen)),
            .otherwise(.accept(.start)),
        ],
        .partsHyphen: [
            .on([.letter, .digit, .joining], .end(.blank, .parts)),
            .otherwise(.fail),
        ],
        .asciiPart: [
            .on(.asciiLetter, .take(.asciiPart)),
            .on([.letter, .joining], .take(.part)),
            .on(.digit, .take(.numberPart)),
            .otherwise(.end(.hyphenatedASCIIPart, .parts)),
        ],
        .part: [
            .on([.letter, .joining], .take(.part)),
            .on(.digit, .take(.numberPart)),
            .otherwise(.end(.hyphenatedPart, .parts)),
        ],
        .numberPart: [
            .on([.letter, .digit, .joining], .take(.numberPart)),
            .otherwise(.end(.hyphenatedNumberPart, .parts)),
        ],
        .numberPartDigits: [
            .on(.digit, .take(.numberPartDigits)),
            .on([.letter, .joining], .take(.numberPart)),
            .otherwise(.fail),
        ],
    ]
}
