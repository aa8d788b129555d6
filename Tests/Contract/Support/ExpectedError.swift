import DeployStackModels
import Testing

/// Expects that a call throws a certain error. Errors are equal when everything but the text for developers is equal, so both backends must throw
/// the same entity, field, reason, rule, limit, constraint and outcome.
///
/// - Parameters:
///   - expected: The error, complete.
///   - body: What must throw it.
func expectError(
    _ expected: DataError, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async {
    await expectError(sourceLocation: sourceLocation, { $0 == expected }, "\(expected.debugDescription)", body)
}

/// Expects that a call is refused because of an input.
///
/// - Parameters:
///   - field: The field that the error must name.
///   - body: What must throw it.
func expectInvalid(_ field: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void) async {
    let wanted = "validation of \(field)"
    await expectError(
        sourceLocation: sourceLocation, { $0.kind == .validation && $0.field == field && $0.reason != nil && $0.outcome == .rejected }, wanted, body)
}

/// Expects that a call breaks a rule of the domain.
func expectRule(_ rule: DataError.Rule, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void) async {
    await expectError(sourceLocation: sourceLocation, { $0.kind == .ruleViolation && $0.rule == rule && $0.outcome == .rejected }, "\(rule)", body)
}

private func expectError(
    sourceLocation: SourceLocation, _ isExpected: (DataError) -> Bool, _ wanted: String, _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("Nothing was thrown instead of \(wanted).", sourceLocation: sourceLocation)
    } catch let error as DataError {
        #expect(isExpected(error), "\(error.debugDescription) was thrown instead of \(wanted).", sourceLocation: sourceLocation)
    } catch {
        Issue.record("\(error) was thrown instead of \(wanted).", sourceLocation: sourceLocation)
    }
}

/// The UTF-8 bytes of a text, for comparisons that must not take two spellings of an accent for one.
func bytes(_ text: String?) -> [UInt8]? {
    text.map { Array($0.utf8) }
}
