extension TextVector {
    /// Whether a word that the term stands for occurs with one of its weights.
    func contains(_ term: TextQuery.Term) -> Bool {
        let found = positions(of: term)
        return term.weights.isEmpty ? !found.isEmpty : found.contains { $0.contains { term.weights.contains($0.weight) } }
    }

    /// The places where a word that the term stands for occurs with one of its weights, each once, ascending.
    func places(of term: TextQuery.Term) -> [Int] {
        let found = positions(of: term)
        if term.weights.isEmpty, found.count == 1 {
            return found[0].map(\.index)
        }
        return Set(found.joined().filter { term.weights.isEmpty || term.weights.contains($0.weight) }.map(\.index)).sorted()
    }
}
