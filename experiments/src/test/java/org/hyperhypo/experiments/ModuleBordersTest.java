package org.hyperhypo.experiments;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The borders between the modules: `kernels ← engine ← experiments → asr`.
@AnalyzeClasses(packages = "org.hyperhypo", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleBordersTest {
    @ArchTest
    static final ArchRule onlyKernelsImportTheVectorApi = noClasses().that().resideOutsideOfPackage("org.hyperhypo.kernels..")
            .should().dependOnClassesThat().resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule kernelsDependOnTheJdkAlone = classes().that().resideInAPackage("org.hyperhypo.kernels..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("org.hyperhypo.kernels..", "java..", "jdk.incubator.vector..");

    @ArchTest
    static final ArchRule engineDependsOnKernelsAndTheJdkAlone = classes().that().resideInAPackage("org.hyperhypo.engine..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("org.hyperhypo.engine..", "org.hyperhypo.kernels..", "java..");

    @ArchTest
    static final ArchRule asrKnowsNoNetwork = noClasses().that().resideInAPackage("org.hyperhypo.asr..")
            .should().dependOnClassesThat().resideInAnyPackage("org.hyperhypo.kernels..", "org.hyperhypo.engine..", "org.hyperhypo.experiments..");

    @ArchTest
    static final ArchRule experimentsUseOnlyThePublicKernels = noClasses().that().resideInAPackage("org.hyperhypo.experiments..")
            .should().dependOnClassesThat().haveSimpleNameStartingWith("VectorKernels");

    @ArchTest
    static final ArchRule noPackageCycles = slices().matching("org.hyperhypo.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noDesktopClasses = noClasses().that().resideOutsideOfPackage("org.hyperhypo.experiments.corpus..")
            .should().dependOnClassesThat().resideInAnyPackage("java.awt..", "javax.sound..", "javax.swing..");
}
