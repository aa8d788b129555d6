/// The members of a JSON object, each key once.
///
/// As in PostgreSQL's jsonb, the order of a text's keys and all but the last of equal keys are lost: the members are ordered by the length of
/// the key in bytes, then by its bytes. Keys are the same when their bytes are.
///
/// ```swift
/// var settings: JSONObject = ["request_logging_enabled": true]
/// settings["region"] = "eu"
/// for (key, value) in settings { print(key, value) }
/// ```
public struct JSONObject: Hashable, Sendable {
    struct Member: Sendable {
        let key: String
        var value: JSONValue
    }

    private(set) var members: [Member]

    /// Makes an object without members.
    public init() {
        members = []
    }

    /// Makes an object of pairs. Of equal keys the last one wins.
    ///
    /// - Parameter pairs: Keys and values in any order.
    public init(_ pairs: some Sequence<(String, JSONValue)>) {
        self.init(unordered: pairs.map { Member(key: $0.0, value: $0.1) })
    }

    init(unordered members: [Member]) {
        // What comes from the server is in order already.
        if zip(members, members.dropFirst()).allSatisfy({ Self.precedes($0.key, $1.key) }) {
            self.members = members
            return
        }
        let sorted = members.enumerated().sorted { left, right in
            if Self.precedes(left.element.key, right.element.key) { return true }
            return left.element.key.hasSameBytes(as: right.element.key) && left.offset < right.offset
        }
        self.members = []
        self.members.reserveCapacity(members.count)
        for (_, member) in sorted {
            if let last = self.members.last, last.key.hasSameBytes(as: member.key) { self.members.removeLast() }
            self.members.append(member)
        }
    }

    /// The value of a key, `nil` if there is no such member. Assigning `nil` removes the member; to store JSON's null, assign ``JSONValue/null``.
    public subscript(key: String) -> JSONValue? {
        get {
            let index = insertionIndex(of: key)
            return hasMember(key, at: index) ? members[index].value : nil
        }
        set {
            let index = insertionIndex(of: key)
            switch (hasMember(key, at: index), newValue) {
            case (true, let value?): members[index].value = value
            case (true, nil): members.remove(at: index)
            case (false, let value?): members.insert(Member(key: key, value: value), at: index)
            case (false, nil): break
            }
        }
    }

    /// The keys, in the order of the members.
    public var keys: [String] { members.map(\.key) }

    /// Where the key is or would be.
    private func insertionIndex(of key: String) -> Int {
        var (low, high) = (0, members.count)
        while low < high {
            let middle = (low + high) / 2
            if Self.precedes(members[middle].key, key) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func hasMember(_ key: String, at index: Int) -> Bool {
        index < members.count && members[index].key.hasSameBytes(as: key)
    }

    /// jsonb's order of keys: the shorter one first, then by bytes.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        let (leftCount, rightCount) = (left.utf8.count, right.utf8.count)
        return leftCount == rightCount ? left.precedesBytewise(right) : leftCount < rightCount
    }
}

extension JSONObject.Member: Hashable {
    static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.key.hasSameBytes(as: rhs.key) && lhs.value == rhs.value
    }

    func hash(into hasher: inout Hasher) {
        key.hashBytes(into: &hasher)
        hasher.combine(value)
    }
}

extension JSONObject: RandomAccessCollection {
    /// The position of the first member.
    public var startIndex: Int { 0 }

    /// The position after the last member.
    public var endIndex: Int { members.count }

    /// The member at a position.
    public subscript(position: Int) -> (key: String, value: JSONValue) {
        (members[position].key, members[position].value)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Makes an object of a literal. Of equal keys the last one wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
