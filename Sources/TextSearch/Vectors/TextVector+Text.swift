extension TextVector: CustomStringConvertible {
    /// The entry as the server writes it: `'cat':3 'fat':2,7A`.
    package var description: String {
        lexemes.map { lexeme, positions in
            let places = positions.map { position in
                switch position.weight {
                case .a: "\(position.index)A"
                case .b: "\(position.index)B"
                case .c: "\(position.index)C"
                case .d: "\(position.index)"
                }
            }
            return places.isEmpty ? lexeme.quoted : "\(lexeme.quoted):\(places.joined(separator: ","))"
        }.joined(separator: " ")
    }
}
