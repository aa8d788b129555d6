/// A part of a query that is being put together, without the stop words in it.
///
/// A stop word in a phrase is left out and its place is kept: `fat <-> the <-> cat` becomes `fat <2> cat`. A part that has lost words at an end therefore
/// remembers by how much the distance to its neighbour grows.
struct RawQueryPart {
    /// What is left, or `nil` if all of it was stop words.
    private(set) var condition: TextQuery.Condition?
    /// What is to be added to the distance to a part before this one.
    private var before = 0
    /// What is to be added to the distance to a part behind this one.
    private var behind = 0

    init(_ condition: TextQuery.Condition?) {
        self.condition = condition
    }

    private init(_ condition: TextQuery.Condition?, before: Int, behind: Int) {
        self.condition = condition
        self.before = before
        self.behind = behind
    }

    var negated: Self {
        Self(condition.map { .not($0) }, before: before, behind: behind)
    }

    func and(_ other: Self) -> Self {
        combined(with: other) { left, right in
            if case .and(let operands) = left { return .and(operands + [right]) }
            return .and([left, right])
        }
    }

    func or(_ other: Self) -> Self {
        combined(with: other) { left, right in
            if case .or(let operands) = left { return .or(operands + [right]) }
            return .or([left, right])
        }
    }

    private func combined(with other: Self, _ combine: (TextQuery.Condition, TextQuery.Condition) -> TextQuery.Condition) -> Self {
        switch (condition, other.condition) {
        case (nil, nil):
            let width = max(before, other.before)
            return Self(nil, before: width, behind: width)
        case (nil, _): return other
        case (_, nil): return self
        case (.some(let left), .some(let right)): return Self(combine(left, right))
        }
    }

    /// A phrase of this part and another one, or `nil` when the distance between them becomes too great.
    func followed(by other: Self, at distance: Int) -> Self? {
        switch (condition, other.condition) {
        case (nil, nil):
            let width = before + distance + other.before
            return Self(nil, before: width, behind: width)
        case (nil, .some):
            return Self(other.condition, before: before + distance + other.before, behind: other.behind)
        case (.some, nil):
            return Self(condition, before: before, behind: behind + distance + other.behind)
        case (.some(let left), .some(let right)):
            let whole = distance + behind + other.before
            guard whole <= RawQueryReader.greatestDistance else {
                return nil
            }
            let step = TextQuery.Step(distance: whole, condition: right)
            if case .phrase(let first, let steps) = left {
                return Self(.phrase(first, steps + [step]), before: before, behind: other.behind)
            }
            return Self(.phrase(left, [step]), before: before, behind: other.behind)
        }
    }
}
