# Library, headers and the files that find_package(sobolev) reads.
include(CMakePackageConfigHelpers)

set(_package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/sobolev)

add_library(sobolev::sobolev ALIAS sobolev)
set_target_properties(sobolev PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)

install(TARGETS sobolev EXPORT sobolevTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT sobolevTargets NAMESPACE sobolev::
  DESTINATION ${_package_folder})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")

configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/sobolevConfig.cmake.in
  ${PROJECT_BINARY_DIR}/sobolevConfig.cmake
  INSTALL_DESTINATION ${_package_folder})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/sobolevConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/sobolevConfig.cmake
  ${PROJECT_BINARY_DIR}/sobolevConfigVersion.cmake
  DESTINATION ${_package_folder})
