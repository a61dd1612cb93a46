/*
 * version.h - the version of yare
 */
#ifndef YARE_CLI_VERSION_H
#define YARE_CLI_VERSION_H

#define YARE_VERSION "0.1.0"

#endif
