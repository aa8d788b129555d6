import DeployStackData
import PostgresDriver
import TextSearch

/// Compares our text search with the server's, counts, and makes what differs small.
struct SearchDifferential {
    /// What came of it.
    struct Result: Sendable {
        /// How many comparisons were made of each kind.
        fileprivate(set) var counts: [(kind: String, count: Int)] = []
        /// What differed, made small.
        fileprivate(set) var differences: [String] = []
        /// Ranks that were left out because of a known difference.
        fileprivate(set) var uncertainRanks = 0

        var total: Int { counts.map(\.count).reduce(0, +) }

        /// How many of them were about what a search finds, and how it ranks.
        var ofHits: Int { counts.filter { SearchQuestion.Form(rawValue: $0.kind) != nil }.map(\.count).reduce(0, +) }
    }

    let session: PostgresSession
    private(set) var result = Result()

    /// More are not made small: they mostly have one cause.
    private static let mostDifferences = 5

    init(session: PostgresSession) async throws {
        self.session = session
        _ = try await session.runScript(SearchQuestions.refusalFunction)
    }

    private mutating func count(_ number: Int, _ kind: String) {
        if let index = result.counts.firstIndex(where: { $0.kind == kind }) {
            result.counts[index].count += number
        } else {
            result.counts.append((kind, number))
        }
    }

    private mutating func note(_ difference: @autoclosure () -> String) {
        if result.differences.count < Self.mostDifferences { result.differences.append(difference()) }
    }

    /// Compares the stems of words.
    mutating func compareStems(of words: [String]) async throws {
        let stems = try await session.run(SearchQuestions.stems(words)).rows
        guard stems.count == words.count else { return note("\(stems.count) stems of \(words.count) words") }
        for (word, stem) in zip(words, stems) where (EnglishStopWords.all.contains(word) ? nil : EnglishStemmer.stem(word)) != stem {
            note("stem of \(word): ours \(EnglishStemmer.stem(word)), theirs \(stem ?? "none")")
        }
        count(words.count, "stems")
    }

    /// Compares what texts are cut into, which lexemes they have where, and what each search finds in all of them in which order.
    ///
    /// - Parameter origin: Where they come from, so that they can be made again.
    mutating func compare(_ texts: [String], _ questions: [SearchQuestion], _ origin: String) async throws {
        let theirTexts = try await session.run(SearchQuestions.texts(texts)).rows
        guard theirTexts.count == texts.count else { return note("\(theirTexts.count) answers for \(texts.count) texts, \(origin)") }
        for (text, theirs) in zip(texts, theirTexts) {
            let ours = try OwnAnswers.text(text)
            guard ours != theirs, result.differences.count < Self.mostDifferences else { continue }
            let small = try await smallest(text) { session, text in
                guard let theirs = try await session.run(SearchQuestions.texts([text])).rows.first else { return false }
                return try OwnAnswers.text(text) != theirs
            }
            note("text \(String(reflecting: small)), \(origin)")
        }
        count(2 * texts.count, "tokens and vectors")

        let theirs = try await session.run(SearchQuestions.searches(questions, of: texts)).rows
        let vectors = try texts.map { try TextVector(english: $0) }
        guard theirs.count == questions.count else { return note("\(theirs.count) answers for \(questions.count) searches, \(origin)") }
        for (index, (question, theirs)) in zip(questions, theirs).enumerated() {
            let ours = OwnAnswers.search(question, of: vectors, marked: index < texts.count ? texts[index] : nil)
            count(theirs.comparisons, question.form.rawValue)
            if Self.agree(ours, theirs, question) {
                if ours != theirs { result.uncertainRanks += 1 }
                continue
            }
            try await noteSmallest(question, ours, theirs, texts, index, origin)
        }
    }

    /// Compares what searches are read as, and holds that the server refuses none.
    mutating func compareReadings(of searches: [String], _ origin: String) async throws {
        var questions = searches.flatMap { search in [SearchQuestion(.web, search), SearchQuestion(.prefix, search)].compactMap { $0 } }
        questions += try await compareRefusals(of: searches, origin)
        let readings: [String]
        do {
            readings = try await session.run(SearchQuestions.readings(questions)).rows
        } catch {
            for question in questions {
                do { _ = try await session.run(SearchQuestions.readings([question])) } catch {
                    note("the server refuses \(question.form) \(String(reflecting: question.typed)): \(error), \(origin)")
                }
            }
            return
        }
        guard readings.count == questions.count else { return note("\(readings.count) readings of \(questions.count) searches, \(origin)") }
        for (question, theirs) in zip(questions, readings) where question.query.description != theirs {
            note("\(question.form) \(String(reflecting: question.typed)): ours \(question.query), theirs \(theirs), \(origin)")
        }
        count(questions.count, "readings")
    }

    /// Compares which queries are malformed, and returns the others.
    mutating func compareRefusals(of queries: [String], _ origin: String) async throws -> [SearchQuestion] {
        let refused = try await session.run(SearchQuestions.refusals(queries)).rows
        guard refused.count == queries.count else {
            note("\(refused.count) answers for \(queries.count) queries, \(origin)")
            return []
        }
        var accepted: [SearchQuestion] = []
        for (query, isRefused) in zip(queries, refused) {
            do {
                _ = try RawSearchText(query)
                if isRefused { note("accepted: \(String(reflecting: query)), \(origin)") }
                if !isRefused, let question = SearchQuestion(.raw, query) { accepted.append(question) }
            } catch  where Self.isOurLimit(error) {
                continue
            } catch {
                if !isRefused { note("refused: \(String(reflecting: query)), \(origin)") }
            }
        }
        count(queries.count, "refusals")
        return accepted
    }

    /// What only we refuse: see `KnownDifferences`.
    private static func isOurLimit(_ error: RawQueryError) -> Bool {
        switch error {
        case .malformed(.tooDeep, _), .malformed(.tooFar, _), .tooLong, .tooManyWords: true
        default: false
        }
    }

    private static func agree(_ ours: SearchAnswer, _ theirs: SearchAnswer, _ question: SearchQuestion) -> Bool {
        if question.query.hasCertainRank { return ours == theirs }
        return ours.query == theirs.query && ours.found == theirs.found && ours.marked == theirs.marked
    }

    // MARK: Making it small

    private mutating func noteSmallest(
        _ question: SearchQuestion, _ ours: SearchAnswer, _ theirs: SearchAnswer, _ texts: [String], _ index: Int, _ origin: String
    ) async throws {
        guard result.differences.count < Self.mostDifferences else { return }
        let place = Self.textThatDiffers(ours, theirs) ?? min(index, texts.count - 1)
        let differs: (PostgresSession, String, String) async throws -> Bool = { session, typed, text in
            guard let question = SearchQuestion(question.form, typed), let vector = try? TextVector(english: text),
                let theirs = try? await session.run(SearchQuestions.searches([question], of: [text])).rows.first
            else { return false }
            return !Self.agree(OwnAnswers.search(question, of: [vector], marked: text), theirs, question)
        }
        var (typed, text) = (question.typed, texts[place])
        if try await differs(session, typed, text) {
            text = try await smallest(text) { session, text in try await differs(session, typed, text) }
            typed = try await smallest(typed) { session, typed in try await differs(session, typed, text) }
            text = try await smallest(text) { session, text in try await differs(session, typed, text) }
        }
        let vectors = try [text].map { try TextVector(english: $0) }
        let again = SearchQuestion(question.form, typed).map { OwnAnswers.search($0, of: vectors, marked: text) }
        note("\(question.form) \(String(reflecting: typed)) in \(String(reflecting: text)), ours \(again.map { "\($0)" } ?? "none"), \(origin)")
    }

    private static func textThatDiffers(_ ours: SearchAnswer, _ theirs: SearchAnswer) -> Int? {
        if let place = zip(ours.found, theirs.found).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset { return place }
        let (left, right) = (Array(ours.ranks.utf8), Array(theirs.ranks.utf8))
        return zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }.map { $0.offset / 8 }
    }

    /// The text without whatever can be left out of it while it still differs.
    private func smallest(_ text: String, _ differs: (PostgresSession, String) async throws -> Bool) async throws -> String {
        var characters = Array(text.unicodeScalars)
        var size = max(1, characters.count / 2)
        var attempts = 0
        while attempts < 400 {
            var start = 0
            var hasChanged = false
            while start < characters.count, attempts < 400 {
                attempts += 1
                var fewer = characters
                fewer.removeSubrange(start..<min(start + size, characters.count))
                if try await differs(session, String(String.UnicodeScalarView(fewer))) {
                    characters = fewer
                    hasChanged = true
                } else {
                    start += size
                }
            }
            if size == 1, !hasChanged { break }
            size = max(1, size / 2)
        }
        return String(String.UnicodeScalarView(characters))
    }
}
