/// One line of the parser's grammar: what may come next in a state, and what it leads to.
///
/// The rules of a state are tried in order and the first that applies is taken. The last one of each state applies always.
struct TokenRule: Sendable {
    /// What happens when a rule applies.
    enum Effect: Sendable {
        /// The character belongs to the token; continue in the state.
        case take(TokenState)
        /// As ``take(_:)``, after the name of an element that may be a script or a style sheet, whose text is not searched.
        case takeElement(TokenState)
        /// The character may belong to the token: continue in the state, and if that fails, with the rule after this one.
        case attempt(TokenState)
        /// The most recent attempt has failed.
        case fail
        /// What is left of the text holds no token: the server stops at a text that ends right after an escape inside a tag.
        case giveUp
        /// The most recent attempt has succeeded without ending the token; the character is not used.
        case accept(TokenState)
        /// The token ends before the character, and the next one begins in the state.
        case end(TokenKind, TokenState)
        /// As ``end(_:_:)``, and the next token begins where this one began: a compound is followed by its parts.
        case endAndRescan(TokenKind, TokenState)
        /// The characters so far are a blank of their own, up to the number that begins at the last point of certainty.
        case endBeforeNumber
    }

    /// A condition that one character cannot answer.
    enum Condition: Sendable {
        case none
        /// A host name begins here; it becomes part of the token.
        case hostFollows
        /// A URL's path begins here; it becomes part of the token.
        case urlPathFollows
        /// Only the host of a URL that was found already is wanted.
        case hostIsWanted
        /// The text is inside a script or a style sheet.
        case insideIgnoredElement
    }

    let traits: CharacterTraits
    let condition: Condition
    let effect: Effect

    static func on(_ traits: CharacterTraits, _ effect: Effect) -> Self {
        Self(traits: traits, condition: .none, effect: effect)
    }

    static func when(_ condition: Condition, _ effect: Effect) -> Self {
        Self(traits: .anything, condition: condition, effect: effect)
    }

    static func otherwise(_ effect: Effect) -> Self {
        Self(traits: .anything, condition: .none, effect: effect)
    }
}
