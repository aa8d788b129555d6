import DeployStackModels

extension Timestamp {
    /// The time for people, to the second: `2026-03-02 09:00:07Z`.
    var secondsText: String {
        description.replacing("T", with: " ").prefix(19) + "Z"
    }
}
