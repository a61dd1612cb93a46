/*
 * path.h - slash paths and globs as Go's path package and gobwas/glob have them
 */
#ifndef YARE_GOLANG_PATH_H
#define YARE_GOLANG_PATH_H

#include "base/arena.h"

/* path.Clean, Base, Dir, Ext, IsAbs. Results share the input or live in the arena. */
struct slice go_path_clean(struct arena *a, struct slice path);
struct slice go_path_base(struct slice path);
struct slice go_path_dir(struct arena *a, struct slice path);
struct slice go_path_ext(struct slice path);

/* filepath.Abs: the cleaned path, from the folder that the program is in where it is relative. */
struct slice go_path_abs(struct arena *a, struct slice path);

enum go_match {
    GO_MATCH_NO,
    GO_MATCH_YES,
    GO_MATCH_BAD_PATTERN /* "syntax error in pattern" */
};

/* filepath.Match: '*' and '?' stop at '/', classes, backslash escapes. */
enum go_match go_path_match(struct slice pattern, struct slice name);

/* gobwas/glob with separator '/', as Helm's .Files.Glob uses it: '*', '**', '?', '[…]', '[!…]', '{a,b}', escapes. A
   pattern that does not compile is GO_MATCH_BAD_PATTERN. */
enum go_match go_glob_match(struct slice pattern, struct slice name);

#endif
