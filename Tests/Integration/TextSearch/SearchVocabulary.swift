import Foundation

/// English words, many of them: those that the machine has, or else the words of a catalog, each with every ending that English and its stemmer know.
enum SearchVocabulary {
    private static let lists = ["/usr/share/dict/words", "/usr/share/dict/american-english", "/usr/share/dict/british-english"]

    private static let endings = """
        s es ed ing ings er ers est ly y ies ied ier ily ion ions ation ations ational ator ators ism isms ist ists ity ities ive ives iveness ness nesses \
        ful fully fulness less lessly lessness ment ments able ables ably ability ible ibly ibility al als ally ality ance ances ence ences ant ants ent \
        ents ous ously ousness ize ized izes izing izer ization ise ised ising isation ic ical ically icity ify ified ifies ate ated ates ating ative 's \
        ative eed eedly ogist ogy li bli ion's
        """.split(separator: " ").map { String($0) }

    /// The words, each once, in an order that depends on nothing else, and where they come from.
    ///
    /// - Parameter texts: Texts whose words are taken where the machine has no list.
    static func words(of texts: [String]) -> (words: [String], origin: String) {
        for path in lists {
            if let list = try? String(contentsOfFile: path, encoding: .utf8) {
                return (shuffled(list.split(separator: "\n").map { $0.lowercased() }), path)
            }
        }
        let plain = Set(texts.flatMap { $0.lowercased().split { !("a"..."z").contains($0) }.map { String($0) } }).filter { $0.count > 1 }
        let roots = plain.union(plain.filter { $0.hasSuffix("e") || $0.hasSuffix("y") }.map { String($0.dropLast()) })
        let doubled = roots.filter { $0.count > 2 }.compactMap { root in root.last.map { root + String($0) } }
        return (shuffled(roots.union(doubled).flatMap { root in [root] + endings.map { root + $0 } }), "the words of the catalog with endings")
    }

    private static func shuffled(_ words: [String]) -> [String] {
        var random = SplitRandom(state: 1)
        return Set(words).sorted().shuffled(using: &random)
    }
}
