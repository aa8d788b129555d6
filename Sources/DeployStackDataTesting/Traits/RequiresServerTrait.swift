public import Testing

extension Trait where Self == ConditionTrait {
    /// Leaves a test or suite out when there is no PostgreSQL server, with a sentence that says so. `DEPLOYSTACK_REQUIRE_POSTGRES=1` lets it fail instead.
    ///
    /// Tests that take their store from ``Backend`` do not need this: ``Backend/all`` leaves PostgreSQL out by itself.
    public static var requiresServer: Self {
        .enabled("There is no PostgreSQL server; install one or set TEST_POSTGRES_HOST.") { TestServer.reasonToLeaveOut == nil }
    }
}
