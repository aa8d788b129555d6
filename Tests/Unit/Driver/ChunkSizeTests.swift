import Testing

@testable import PostgresDriver

struct ChunkSizeTests {
    @Test func growsFromFewRowsToMany() {
        var size = ChunkSize()
        var sizes: [Int] = []
        for _ in 0..<5 {
            sizes.append(size.rows)
            size.note(rows: size.rows, memory: size.rows * 100)
        }

        #expect(sizes == [64, 256, 1_024, 1_024, 1_024])
    }

    @Test func largeRowsComeInFewAtATime() {
        var size = ChunkSize()

        size.note(rows: 64, memory: 64 << 18)
        #expect(size.rows == 4)
        // A chunk of small rows may be followed by one of large rows, and the other way round.
        size.note(rows: 4, memory: 400)
        #expect(size.rows == 16)
        size.note(rows: 16, memory: 16 << 30)
        #expect(size.rows == 1)
        size.note(rows: 1, memory: 1 << 20)
        #expect(size.rows == 1)
    }

    @Test func anEmptyChunkSaysNothing() {
        var size = ChunkSize()

        size.note(rows: 0, memory: 0)

        #expect(size.rows == 64)
    }
}
