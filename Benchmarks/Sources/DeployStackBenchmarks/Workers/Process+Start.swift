import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension Process {
    /// Starts the process with no signal blocked.
    ///
    /// A process inherits what the thread blocks that starts it, and Swift's threads block everything: pgbench would never get the alarm that ends it.
    func start() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread {
                var none = sigset_t()
                unsafe sigemptyset(&none)
                unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
                continuation.resume(with: Result { try self.run() })
            }
        }
    }

    /// Ends the process when it takes longer than it ever should, so that nobody waits for it for ever.
    ///
    /// - Returns: A task that is to be cancelled when the process has done what it was asked for.
    func terminate(after limit: Duration) -> Task<Void, Never> {
        Task.detached {
            guard (try? await Task.sleep(for: limit)) != nil else { return }
            self.terminate()
        }
    }
}
