import DeployStackData
import PostgresDriver
import Testing

/// What a service says of the pool is what the driver is told.
struct PoolOptionsTests {
    @Test func sharingThatIsSwitchedOffIsOffInTheDriver() {
        var configuration = PostgresConfiguration(host: "localhost", database: "data", user: "app")
        #expect(configuration.poolConfiguration.multiplexing.lanes != 0)

        configuration.pool.multiplexing = .off

        #expect(configuration.poolConfiguration.multiplexing.lanes == 0)
        #expect(configuration.poolConfiguration.multiplexing.maxSlowStatements == 10_000)
    }

    @Test func everyLimitArrives() {
        var configuration = PostgresConfiguration(host: "localhost", database: "data", user: "app")
        configuration.pool.maxConnections = 7
        configuration.pool.minConnections = 3
        configuration.pool.maxWaiters = 11
        configuration.pool.idleTimeout = .seconds(13)
        configuration.pool.acquireTimeout = .seconds(17)
        configuration.pool.maxLifetime = .seconds(19)
        configuration.pool.multiplexing = DeployStackData.Multiplexing(
            lanes: 5, shortCall: .milliseconds(23), readsPerBatch: 29, laneDepth: 31, maxSlowCalls: 37, stallTimeout: .milliseconds(41))

        let driver = configuration.poolConfiguration

        #expect((driver.maxConnections, driver.minConnections, driver.maxWaiters) == (7, 3, 11))
        #expect((driver.idleTimeout, driver.acquireTimeout, driver.maxLifetime) == (.seconds(13), .seconds(17), .seconds(19)))
        #expect(driver.multiplexing.shortStatement == .milliseconds(23))
        #expect((driver.multiplexing.readsPerSync, driver.multiplexing.laneDepth, driver.multiplexing.maxSlowStatements) == (29, 31, 37))
        #expect((driver.multiplexing.lanes, driver.multiplexing.stallTimeout) == (5, .milliseconds(41)))
    }
}
