import DeployStackModels
import Testing

@Suite struct JSONValueTests {
    @Test func theOrderOfKeysDoesNotMatterAndTheLastOfEqualKeysWins() throws {
        let value = try JSONValue(parsing: #"{"b": 1, "a": 2, "b": 3}"#)

        #expect(value == ["a": 2, "b": 3])
        #expect(value.hashValue == (["a": 2, "b": 3] as JSONValue).hashValue)
    }

    @Test func stringsAndKeysAreComparedByTheirBytes() {
        #expect(JSONValue.string("\u{E9}") != JSONValue.string("e\u{301}"))
        #expect((["\u{E9}": 1] as JSONValue)["e\u{301}"] == nil)
    }

    @Test func valuesOfDifferentKindsAreNeverEqual() {
        let values: [JSONValue] = [[:], [], "", 0, false, .null, [0], ["": 0], "0", true, "null"]

        #expect(Set(values).count == values.count)
    }

    @Test(arguments: [
        (#"{"a": 1, "b": {"c": [1, 2]}}"#, #"{"b": {"c": [2]}}"#, true),
        (#"{"a": 1}"#, #"{"a": 1.0}"#, true), (#"{"a": 1}"#, "{}", true), ("{}", #"{"a": null}"#, false), (#"{"a": null}"#, #"{"a": null}"#, true),
        ("[1, 2, 3]", "[3, 1, 1]", true), ("[1, 2]", "[1, 4]", false), ("[1, 2]", "[]", true), ("[]", "[]", true),
        ("[1, 2]", "1", true), (#"["a"]"#, #""a""#, true), ("1", "[1]", false), ("1", "1", true), ("[1]", "null", false),
        ("[[1, 2]]", "[1]", false), ("[[1, 2]]", "[[1]]", true), ("[1, [2]]", "[2]", false), ("[[1]]", "1", false),
        (#"[{"a": 1, "b": 2}]"#, #"[{"a": 1}]"#, true), (#"[{"a": 1}]"#, #"{"a": 1}"#, false), ("{}", "[]", false), ("[]", "{}", false),
        (#"{"a": [1]}"#, #"{"a": 1}"#, false), (#"{"a": 1}"#, #""a""#, false), (#"[null, {}]"#, #"[{"b": null}]"#, false),
    ])
    func containmentIsThatOfTheServer(_ left: String, _ right: String, _ expected: Bool) throws {
        let (left, right) = (try JSONValue(parsing: left), try JSONValue(parsing: right))

        #expect(left.contains(right) == expected)
    }

    @Test func longArraysContainTheirElementsInAnyOrder() {
        let numbers = JSONValue.array((0..<5000).map { .number($0) })

        #expect(numbers.contains(.array((0..<5000).reversed().map { .number($0) })))
        #expect(!numbers.contains(.array((1...5000).map { .number($0) })))
    }

    @Test func textIsWrittenAsTheServerWritesIt() throws {
        let value = try JSONValue(parsing: #"{"bb":1e2,"a":[1.50,"\u00e9\u0001\u001f\"\\\/\n"],"":{},"c":[],"b":null,"a é":true}"#)

        #expect(value.text == #"{"": {}, "a": [1.50, "é\u0001\u001f\"\\/\n"], "b": null, "c": [], "bb": 100, "a é": true}"#)
        #expect(try JSONValue(parsing: value.text) == value)
    }

    @Test func kindTakesAValueApart() {
        let value: JSONValue = ["timeout": 30, "tags": ["a"], "on": true, "name": "x", "none": .null]

        #expect(value["timeout"]?.int == 30)
        #expect(value["timeout"]?.double == 30)
        #expect(value["tags"]?[0]?.string == "a")
        #expect(value["tags"]?[1] == nil)
        #expect(value["tags"]?[-1] == nil)
        #expect(value["on"]?.bool == true)
        #expect(value["none"]?.isNull == true)
        #expect(value["missing"] == nil)
        #expect(value["name"]?["x"] == nil)
        #expect(value.array == nil)
        #expect(value.object?.keys == ["on", "name", "none", "tags", "timeout"])
    }

    @Test func membersAreSetAndRemoved() {
        var object: JSONObject = ["b": 1]

        object["a"] = "x"
        object["b"] = .null
        object["c"] = true
        object["c"] = nil
        object["d"] = nil

        #expect(object == ["a": "x", "b": .null])
        #expect(object.map(\.key) == ["a", "b"])
    }

    @Test func whatCannotBeStoredIsFound() {
        let deepest = (0..<64).reduce(JSONValue.null) { value, _ in [value] }

        #expect(throws: Never.self) { try deepest.requireStorable() }
        #expect(reason(of: [deepest]) == .tooDeep)
        #expect(reason(of: ["a": ["b\0": 1]]) == .nulCharacter)
        #expect(reason(of: ["a": ["b", "\0"]]) == .nulCharacter)
        #expect(reason(of: .string(String(repeating: "é", count: 1 << 19))) == .tooLarge)
        #expect(reason(of: .array(Array(repeating: .number(JSONNumber(1e300)!), count: 4000))) == .tooLarge)
        #expect(reason(of: .array(Array(repeating: 0, count: 1 << 19))) == .tooLarge)
        #expect(reason(of: ["a": 1, "b": [1, 2, "x"]]) == nil)
    }

    private func reason(of value: JSONValue) -> JSONParsingError.Reason? {
        do throws(JSONParsingError) {
            try value.requireStorable()
            return nil
        } catch {
            return error.reason
        }
    }
}
