package holt.api.queue;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import holt.api.queue.dead.DeadFilter;
import holt.api.queue.dead.DeadHead;
import holt.api.queue.dead.DeadLetters;
import holt.api.queue.index.JobCodec;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobPage;
import holt.api.queue.index.JobResult;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.ListPlace;
import holt.api.queue.index.RequestKey;
import holt.api.queue.publish.PublishJobs;
import holt.api.queue.usage.UsageCounts;
import holt.api.queue.usage.UsageKey;
import holt.api.queue.usage.UsageRow;
import holt.api.queue.waiting.ReplyListener;
import holt.protocol.JobEvent;
import org.junit.jupiter.api.Test;

/** The borders of the queue. */
class QueueArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/test-classes/"))
                    .importPackages("holt.api");

    @Test
    void theRoomsDoNotKnowThePackageThatJoinsThem() {
        noClasses()
                .that()
                .resideInAPackage("holt.api.queue.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("holt.api.queue")
                .check(CLASSES);
    }

    @Test
    void theRoomsFormNoCycles() {
        slices().matching("holt.api.queue.(*)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void featuresUseOnlyTheQueuesPublicFace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("holt.api.queue..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("holt.api.queue..")
                                .and(
                                        not(
                                                belongToAnyOf(
                                                        JobQueue.class,
                                                        TrackJobs.class,
                                                        TrackQueues.class,
                                                        SteerWorkers.class,
                                                        TrackRates.class,
                                                        RateLimits.class,
                                                        TrackUsage.class,
                                                        UsageFilter.class,
                                                        UsageRow.class,
                                                        UsageKey.class,
                                                        UsageCounts.class,
                                                        QueueState.class,
                                                        NewJob.class,
                                                        Ticket.class,
                                                        JobsSettings.class,
                                                        DeadFilter.class,
                                                        DeadHead.class,
                                                        DeadLetters.class,
                                                        DeadLetters.Replayed.class,
                                                        JobFilter.class,
                                                        JobHead.class,
                                                        JobPage.class,
                                                        JobResult.class,
                                                        ListPlace.class,
                                                        JobState.class,
                                                        JobStatus.class,
                                                        RequestKey.class,
                                                        ReplyListener.class))))
                .check(CLASSES);
    }

    /** The index reads back what it has kept of them. */
    @Test
    void onlyPublishJobsMakesEvents() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(PublishJobs.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(JobCodec.class.getName())
                .should()
                .callConstructorWhere(
                        describe(
                                "it makes an event",
                                call -> call.getTargetOwner().isAssignableTo(JobEvent.class)))
                .check(CLASSES);
    }
}
