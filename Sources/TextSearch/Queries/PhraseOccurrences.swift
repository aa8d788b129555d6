/// Where in a text a part of a phrase occurs.
///
/// A part may also be a negation, which occurs everywhere except at some places; that is kept as a flag and never as a list of all other places.
struct PhraseOccurrences {
    /// The positions of the last word of the part, ascending; of the places where it does *not* occur if it is excluding.
    private var places: [Int] = []
    private var isExcluding = false
    /// How many positions the part's first word stands before its last one.
    private var width = 0

    /// Whether the part occurs anywhere.
    var isPossible: Bool {
        isExcluding || !places.isEmpty
    }

    init(of condition: TextQuery.Condition, in vector: TextVector) {
        switch condition {
        case .term(let term):
            places = vector.places(of: term)
        case .not(let operand):
            self = Self(of: operand, in: vector)
            isExcluding.toggle()
        case .and(let operands):
            self = Self.fold(operands, in: vector) { $0.and($1) }
        case .or(let operands):
            self = Self.fold(operands, in: vector) { $0.or($1) }
        case .phrase(let first, let steps):
            self = Self(of: first, in: vector)
            for step in steps {
                self = followed(by: Self(of: step.condition, in: vector), at: step.distance)
            }
        }
    }

    private init(places: [Int], isExcluding: Bool, width: Int) {
        self.places = places
        self.isExcluding = isExcluding
        self.width = width
    }

    private static func fold(
        _ operands: [TextQuery.Condition], in vector: TextVector, _ combine: (Self, Self) -> Self
    ) -> Self {
        guard let first = operands.first else {
            return Self(places: [], isExcluding: false, width: 0)
        }
        return operands.dropFirst().reduce(Self(of: first, in: vector)) { combine($0, Self(of: $1, in: vector)) }
    }

    /// Where the part occurs and the other one does at a distance after it.
    private func followed(by other: Self, at distance: Int) -> Self {
        combined(with: other, leftShift: distance + other.width, rightShift: 0, width: distance + width + other.width)
    }

    /// Where both parts occur, the wider one reaching further back.
    private func and(_ other: Self) -> Self {
        let widest = max(width, other.width)
        return combined(with: other, leftShift: widest - width, rightShift: widest - other.width, width: widest)
    }

    private func combined(with other: Self, leftShift: Int, rightShift: Int, width: Int) -> Self {
        guard isPossible, other.isPossible else {
            return Self(places: [], isExcluding: false, width: 0)
        }
        let left = places.map { $0 + leftShift }
        let right = other.places.map { $0 + rightShift }
        switch (isExcluding, other.isExcluding) {
        case (false, false): return Self(places: Self.merge(left, right, both: true), isExcluding: false, width: width)
        case (false, true): return Self(places: Self.merge(left, right, leftOnly: true), isExcluding: false, width: width)
        case (true, false): return Self(places: Self.merge(left, right, rightOnly: true), isExcluding: false, width: width)
        case (true, true):
            return Self(places: Self.merge(left, right, both: true, leftOnly: true, rightOnly: true), isExcluding: true, width: width)
        }
    }

    /// Where one of the parts occurs.
    private func or(_ other: Self) -> Self {
        guard isPossible || other.isPossible else {
            return Self(places: [], isExcluding: false, width: 0)
        }
        let leftWidth = isPossible ? width : 0
        let rightWidth = other.isPossible ? other.width : 0
        let widest = max(leftWidth, rightWidth)
        let left = places.map { $0 + widest - leftWidth }
        let right = other.places.map { $0 + widest - rightWidth }
        switch (isExcluding, other.isExcluding) {
        case (false, false):
            return Self(places: Self.merge(left, right, both: true, leftOnly: true, rightOnly: true), isExcluding: false, width: widest)
        case (true, false): return Self(places: Self.merge(left, right, leftOnly: true), isExcluding: true, width: widest)
        case (false, true): return Self(places: Self.merge(left, right, rightOnly: true), isExcluding: true, width: widest)
        case (true, true): return Self(places: Self.merge(left, right, both: true), isExcluding: true, width: widest)
        }
    }

    /// The places that are in both lists, only in the left one, or only in the right one, as asked for.
    private static func merge(
        _ left: [Int], _ right: [Int], both: Bool = false, leftOnly: Bool = false, rightOnly: Bool = false
    ) -> [Int] {
        var merged: [Int] = []
        var leftIndex = 0
        var rightIndex = 0
        while leftIndex < left.count || rightIndex < right.count {
            let leftPlace = leftIndex < left.count ? left[leftIndex] : .max
            let rightPlace = rightIndex < right.count ? right[rightIndex] : .max
            let isWanted = leftPlace == rightPlace ? both : leftPlace < rightPlace ? leftOnly : rightOnly
            if isWanted {
                merged.append(min(leftPlace, rightPlace))
            }
            if leftPlace <= rightPlace { leftIndex += 1 }
            if rightPlace <= leftPlace { rightIndex += 1 }
        }
        return merged
    }
}
