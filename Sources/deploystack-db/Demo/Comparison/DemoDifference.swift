import DeployStackModels

/// The answers of one step in which two backends differ.
struct DemoDifference: Codable, Equatable {
    /// One answer, by its place in the step's answers, such as `searches[0].hits[2].rank`; `nil` where a backend has no such answer.
    struct Answer: Codable, Equatable {
        var path: String
        var left: String?
        var right: String?
    }

    var step: DemoStep
    var answers: [Answer]
}

extension DemoTranscript {
    /// The steps in which another transcript is not equal to this one, in order. Empty exactly when the two are equal.
    func differences(from other: DemoTranscript) throws -> [DemoDifference] {
        var differences: [DemoDifference] = []
        func compare<Answers: Equatable & Encodable>(_ step: DemoStep, _ answers: (DemoTranscript) -> Answers) throws {
            let (left, right) = (answers(self), answers(other))
            guard left != right else { return }
            differences.append(DemoDifference(step: step, answers: try DemoDifference.answers(left, right)))
        }
        for step in DemoStep.allCases {
            switch step {
            case .catalog: try compare(step, \.catalog)
            case .people: try compare(step, \.people)
            case .tags: try compare(step, \.tags)
            case .search: try compare(step, \.search)
            case .installations: try compare(step, \.installations)
            case .views: try compare(step, \.views)
            case .teams: try compare(step, \.teams)
            case .transaction: try compare(step, \.transaction)
            case .tokens: try compare(step, \.tokens)
            case .notifications: try compare(step, \.notifications)
            }
        }
        return differences
    }
}

extension DemoDifference {
    /// The places at which two values differ, in the order of their JSON texts.
    fileprivate static func answers(_ left: some Encodable, _ right: some Encodable) throws -> [Answer] {
        let left = leaves(of: try JSONValue(parsing: JSONOutput.text(left), limits: .stored), at: "")
        let right = leaves(of: try JSONValue(parsing: JSONOutput.text(right), limits: .stored), at: "")
        let leftValues = Dictionary(left) { first, _ in first }
        let rightValues = Dictionary(right) { first, _ in first }
        let paths = left.map(\.0) + right.map(\.0).filter { leftValues[$0] == nil }
        return paths.compactMap { path in
            guard leftValues[path] != rightValues[path] else { return nil }
            return Answer(path: path, left: leftValues[path], right: rightValues[path])
        }
    }

    /// The values without members, each with its path.
    private static func leaves(of value: JSONValue, at path: String) -> [(String, String)] {
        switch value.kind {
        case .object(let object) where !object.isEmpty:
            object.flatMap { leaves(of: $0.value, at: path.isEmpty ? $0.key : "\(path).\($0.key)") }
        case .array(let elements) where !elements.isEmpty:
            elements.enumerated().flatMap { leaves(of: $0.element, at: "\(path)[\($0.offset)]") }
        default: [(path, "\(value)")]
        }
    }
}
