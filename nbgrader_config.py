"""nbgrader's configuration: solutions/ is its source step, notebooks/ its release step."""

from pathlib import Path

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "course_bp"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = "submitted"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.feedback_directory = "feedback"
# The texts that the instructor's notebooks are built from hold the solutions, whatever the names
# of the units.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    ".pytest_cache",
    *(
        text.name
        for text in Path(__file__).parent.glob("solutions/*/*.py")
        if text.stem == text.parent.name
    ),
]

# Submissions run in a sandbox and are judged outside it, by whatever way nbgrader is asked to.
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader_plugins.autograde.GradeInSandbox",
    "autograder.nbgrader_plugins.autograde.SaveMarks",
    "nbgrader.preprocessors.AssignLatePenalties",
]
# A timestamp.txt comes with the submission: it may be a pipe, a link, or say no time.
c.Autograde.pre_convert_hook = "autograder.nbgrader_plugins.safe_timestamps.before_each"

# A course's own exercises are released with the notebooks that check them.
c.GenerateAssignment.post_convert_hook = "autograder.nbgrader_plugins.beside.after_each"

# Students' pages are one file without scripts, that asks for nothing outside.
c.GenerateFeedback.exporter_class = "autograder.nbgrader_plugins.student_page.StudentPage"

# Archives of an LMS are unpacked with limits against bombs, links, and paths that lead outside.
c.ZipCollectApp.extractor_plugin = "autograder.nbgrader_plugins.zip_extractor.SafeExtractor"
# Whose file it is, by the names that Canvas and Moodle give; c.LmsNames.lms = "canvas" or "moodle"
# takes one of them alone, and c.FileNameCollectorPlugin.named_regexp another system's.
c.ZipCollectApp.collector_plugin = "autograder.nbgrader_plugins.lms_names.LmsNames"

# Kernels start with a note about unencrypted loopback sockets, once a submission.
c.Execute.extra_arguments = ["--IPKernelApp.log_level=ERROR"]
