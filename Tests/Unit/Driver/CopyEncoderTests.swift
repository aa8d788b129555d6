import PostgresDriver
import Testing

struct CopyEncoderTests {
    private static let columns: ColumnList = ["number", "text", "flag"]
    private static let header: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [0, 0, 0, 0, 0, 0, 0, 0]
    private static let trailer: [UInt8] = [0xFF, 0xFF]

    @Test func rowsStandBetweenHeaderAndTrailer() throws {
        var encoder = CopyEncoder(columns: Self.columns)

        try encoder.append { row in
            try row.write(Int32(258))
            try row.write("é")
            try row.write(true)
        }
        try encoder.append { row in
            try row.write(Int32(-1))
            try row.write(String?.none)
            try row.write(false)
        }

        let first: [UInt8] = [0, 3] + [0, 0, 0, 4, 0, 0, 1, 2] + [0, 0, 0, 2, 0xC3, 0xA9] + [0, 0, 0, 1, 1]
        let second: [UInt8] = [0, 3] + [0, 0, 0, 4, 0xFF, 0xFF, 0xFF, 0xFF] + [0xFF, 0xFF, 0xFF, 0xFF] + [0, 0, 0, 1, 0]
        #expect(encoder.rowCount == 2)
        #expect(encoder.finish() == Self.header + first + second + Self.trailer)
    }

    @Test func withoutRowsThereIsHeaderAndTrailer() {
        var encoder = CopyEncoder(columns: Self.columns)

        #expect(encoder.fullChunk() == nil)
        #expect(encoder.finish() == Self.header + Self.trailer)
    }

    @Test func chunksAreBoundedAndTogetherEverything() throws {
        let columns: ColumnList = ["text"]
        let text = String(repeating: "x", count: 1_000)
        var (encoder, bytes, largest) = (CopyEncoder(columns: columns), [UInt8](), 0)

        for _ in 1...1_000 {
            try encoder.append { try $0.write(text) }
            guard let chunk = encoder.fullChunk() else { continue }
            bytes += chunk
            largest = max(largest, chunk.count)
        }
        bytes += encoder.finish()

        #expect(largest >= CopyEncoder.chunkSize)
        #expect(largest < CopyEncoder.chunkSize + 1_006)
        #expect(bytes.count == Self.header.count + 1_000 * (2 + 4 + 1_000) + Self.trailer.count)
    }

    @Test func aValueThatCannotBeStoredIsNamedByRowAndColumnAndNothingOfItsRowIsWritten() throws {
        var encoder = CopyEncoder(columns: Self.columns)
        try encoder.append { row in
            try row.write(Int32(1))
            try row.write("a")
            try row.write(true)
        }

        let thrown = #expect(throws: PostgresError.self) {
            try encoder.append { row in
                try row.write(Int32(2))
                try row.write("secret\0")
            }
        }

        let error = try #require(thrown)
        #expect(error.kind == .invalidParameter)
        #expect(error.column == "text")
        #expect(error.message.hasPrefix("row 2: "))
        #expect(!"\(error.description) \(error.debugDescription)".contains("secret"))
        #expect(encoder.rowCount == 1)
        #expect(encoder.finish() == Self.header + [0, 3, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 1, 97, 0, 0, 0, 1, 1] + Self.trailer)
    }

    @Test(arguments: [0, 2, 4])
    func aRowWithAnotherNumberOfColumnsIsRefused(_ count: Int) throws {
        var encoder = CopyEncoder(columns: Self.columns)

        let error = #expect(throws: PostgresError.self) {
            try encoder.append { row in for _ in 0..<count { try row.write(true) } }
        }

        #expect(error?.message == "row 1: the row has \(count) values for 3 columns")
        #expect(encoder.finish() == Self.header + Self.trailer)
    }

    @Test func aForeignErrorIsThrownOnAndLeavesNoRow() throws {
        struct Foreign: Error {}
        var encoder = CopyEncoder(columns: Self.columns)

        #expect(throws: Foreign.self) {
            try encoder.append { row in
                try row.write(Int32(1))
                throw Foreign()
            }
        }

        #expect(encoder.finish() == Self.header + Self.trailer)
    }
}
